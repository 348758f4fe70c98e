/* Files that are dropped or chosen: the page stays where it is, and what no field takes is refused at once, in the
   reader's language. Streamlit's own fields say it in English; beside them, the browser would open the file in place
   of the plan. Whatever a field takes, the server reads, and refuses by its content.

   data: largest (bytes), files (how many a field for several takes), words (beside, folder, several, many, large
   with a place for the names of files, close). */

const FIELD = "[data-testid='stFileUploaderDropzone']";
const HEARD_MS = 100; // between the box and its text: one that comes with its box is not announced

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

// The field onto which something is dropped, where it is one that takes files now.
function fieldOf(event) {
  const field = event.composedPath().find((place) => place.matches?.(FIELD));
  return field?.getAttribute("aria-disabled") === "true" ? undefined : field;
}

// Why a field does not take files; empty where it does.
function refusalOf(files, items, isForSeveral, { largest, files: most, words }) {
  if ([...items].some((item) => item.webkitGetAsEntry?.()?.isDirectory)) return words.folder;
  if (files.length > (isForSeveral ? most : 1)) return isForSeveral ? words.many : words.several;
  const large = [...files].filter((file) => file.size > largest);
  return large.length ? words.large.replace("{files}", () => large.map((file) => file.name).join(", ")) : "";
}

function dragged(event) {
  if (holdsFiles(event)) event.preventDefault();
}

function dropped(held, event) {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const { files, items } = event.dataTransfer;
  const field = fieldOf(event);
  const isForSeveral = Boolean(field?.querySelector("input[multiple]"));
  const why = field ? refusalOf(files, items, isForSeveral, held.data) : held.data.words.beside;
  tell(held, why);
  if (!why) return;
  event.stopPropagation();
  event.target.dispatchEvent(new DragEvent("dragleave", { bubbles: true })); // a field that was dragged over rests again
}

function chosen(held, event) {
  if (!event.target.matches?.("input[type='file']")) return;
  const why = refusalOf(event.target.files, [], event.target.multiple, held.data);
  tell(held, why);
  if (!why) return;
  event.stopPropagation();
  event.target.value = "";
}

// Says why a file was not taken, until it is closed or one is; empty where one was. Some browsers have no popovers.
function tell(held, why) {
  const [words, close] = ["[role='alert']", "button"].map((part) => held.box.querySelector(part));
  close.ariaLabel = close.title = held.data.words.close;
  close.onclick = () => tell(held, "");
  words.textContent = "";
  held.box.hidden = !why;
  held.box.togglePopover?.(Boolean(why));
  clearTimeout(held.telling);
  held.telling = setTimeout(() => { words.textContent = why; }, HEARD_MS);
}

