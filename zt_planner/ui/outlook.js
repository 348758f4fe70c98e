/* How sure the plan is: asks the server for the bands of the headline figures and draws them, without a run of the script.

   data: address (of the bands; another one for each plan), waiting (the words until they are there).
   Laws: what was asked for another plan is given up; as soon as the page's title says something else, what was drawn
   before is gone; where there is no answer, nothing is shown. */

const REST = 250; /* ms after which a title that has changed is taken for that of the same plan */
const kept = new WeakMap();

export default function ({ data, parentElement }) {
  const held = kept.get(parentElement) ?? {};
  kept.set(parentElement, held);
  if (held.address !== data.address) {
    held.address = data.address;
    held.waiting = data.waiting;
    ask(held, parentElement);
  }
  held.watch ??= watched(() => {
    blank(held, parentElement);
    held.again = setTimeout(() => ask(held, parentElement), REST);
  });
  return () => {
    blank(held, parentElement);
    held.watch?.disconnect();
    held.watch = undefined;
    held.address = undefined;
  };
}

/* Takes away what is drawn, and gives up what was asked; what stands below stays where it is. */
function blank(held, place) {
  clearTimeout(held.again);
  held.asked?.abort();
  const section = place.querySelector("section");
  section.style.minHeight = `${section.offsetHeight}px`;
  fill(place, { sentence: held.waiting });
}

function ask(held, place) {
  blank(held, place);
  const asked = (held.asked = new AbortController());
  fetch(held.address, { signal: asked.signal })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .catch(() => ({}))
    .then((said) => {
      if (!asked.signal.aborted) {
        fill(place, said);
        place.querySelector("section").style.minHeight = "";
      }
    });
}

/* Calls back when the text of the page's title is another one. */
function watched(changed) {
  const said = () => document.querySelector("h1")?.textContent;
  let before = said();
  const observer = new MutationObserver(() => {
    const now = said();
    if (now !== before) {
      before = now;
      changed();
    }
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  return observer;
}

function fill(place, { sentence = "", legend = "", bands = [] }) {
  place.querySelector(".sentence").textContent = sentence;
  place.querySelector(".legend").textContent = legend;
  place.querySelector("ul").replaceChildren(...bands.map(drawn));
}

function drawn({ title, sure, span, alt, places: [low, middle, eighty, high, plan] }) {
  const track = element("div", "track");
  track.setAttribute("role", "img");
  track.setAttribute("aria-label", alt);
  const reach = element("span", "reach");
  reach.style.left = `${low}%`;
  reach.style.width = `${high - low}%`;
  track.append(reach, ...[["middle", middle], ["eighty", eighty], ["plan", plan]].map(([name, at]) => {
    const mark = element("span", name);
    mark.style.left = `${at}%`;
    return mark;
  }));
  const item = document.createElement("li");
  item.append(element("div", "title", title), element("div", "sure", sure), track, element("div", "span", span));
  return item;
}

function element(kind, name, text = "") {
  const made = document.createElement(kind);
  made.className = name;
  made.textContent = text;
  return made;
}
