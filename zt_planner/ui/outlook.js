/* How sure the plan is: asks the server for the bands of the headline figures and draws them, without a run of the script.

   data: address (of the bands), version (of the plan that is shown), waiting (the words until they are there).
   As soon as the page's title says something else, what was drawn before is gone and the bands are asked for: the
   script, which draws the rest of the page, has not told this component yet. Laws: bands are drawn beside the title
   that they belong to, or not at all; what is asked for again is given up; where there is no answer, nothing is shown. */

const REST = 100; /* ms until it is asked again, where the answer is about another plan than the title */
const MOST = 30; /* so often */
const kept = new WeakMap();

export default function ({ data, parentElement }) {
  const held = kept.get(parentElement) ?? {};
  kept.set(parentElement, held);
  const isOther = held.address !== data.address || held.version !== data.version;
  Object.assign(held, { address: data.address, version: data.version, waiting: data.waiting });
  if (isOther && held.drawn !== data.address + data.version) ask(held, parentElement, true);
  held.watch ??= watched(() => ask(held, parentElement, false));
  return () => {
    blank(held, parentElement);
    held.watch?.disconnect();
    held.watch = held.version = undefined;
  };
}

/* Hides what is drawn, and gives up what was asked. What stands below stays where it is, and no size is asked for:
   that would have the browser lay out the whole page before it may paint the new title. */
function blank(held, place) {
  clearTimeout(held.again);
  held.asked?.abort();
  held.drawn = undefined;
  place.querySelector("section").classList.add("waiting");
  place.querySelector(".sentence").textContent = held.waiting;
}

/* `isTold`: this component knows which version is shown, and draws no other. */
function ask(held, place, isTold, tries = 0) {
  blank(held, place);
  const asked = (held.asked = new AbortController());
  fetch(held.address, { signal: asked.signal })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .catch(() => ({}))
    .then((said) => {
      if (asked.signal.aborted) return;
      const isShown = said.title === title() && !(isTold && said.version !== held.version);
      if (said.title && !isShown && tries < MOST) {
        held.again = setTimeout(() => ask(held, place, isTold, tries + 1), REST);
        return;
      }
      held.drawn = held.address + said.version;
      fill(place, isShown ? said : {});
    });
}

function title() {
  return document.querySelector("h1")?.textContent.trim();
}

/* Calls back when the text of the page's title is another one. */
function watched(changed) {
  let before = title();
  const observer = new MutationObserver(() => {
    const now = title();
    if (now !== before) {
      before = now;
      changed();
    }
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  return observer;
}

function fill(place, { sentence = "", legend = "", bands = [] }) {
  place.querySelector("section").classList.remove("waiting");
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
