/* Files that are dropped or chosen: the page stays where it is, and what no field takes is refused at once, in the
   reader's language. Streamlit's own fields say it in English; beside them, the browser would open the file in place
   of the plan. Whatever a field takes, the server reads, and refuses by its content.

   data: largest (bytes), words (beside, folder, several, large). */

const FIELD = "[data-testid='stFileUploaderDropzone']";
const TOLD_MS = 20000; // for so long it is said

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

// The field onto which something is dropped, where it is one that takes files now.
function fieldOf(event) {
  const field = event.composedPath().find((place) => place.matches?.(FIELD));
  return field?.getAttribute("aria-disabled") === "true" ? undefined : field;
}

// Why a field does not take files; empty where it does.
function refusalOf(files, items, { largest, words }) {
  if ([...items].some((item) => item.webkitGetAsEntry?.()?.isDirectory)) return words.folder;
  if (files.length > 1) return words.several;
  return files[0]?.size > largest ? words.large : "";
}

function dragged(event) {
  if (holdsFiles(event)) event.preventDefault();
}

function dropped(held, event) {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const { files, items } = event.dataTransfer;
  const why = fieldOf(event) ? refusalOf(files, items, held.data) : held.data.words.beside;
  if (!why) return;
  event.stopPropagation();
  event.target.dispatchEvent(new DragEvent("dragleave", { bubbles: true })); // a field that was dragged over rests again
  held.tell(why);
}

function chosen(held, event) {
  if (!event.target.matches?.("input[type='file']")) return;
  const why = refusalOf(event.target.files, [], held.data);
  if (!why) return;
  event.stopPropagation();
  event.target.value = "";
  held.tell(why);
}

