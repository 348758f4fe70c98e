/* The page's end of the stream: says whether the page is live, who is here, and has the page drawn anew
   when the plan or what holds for this participant has changed. Asks nobody: it waits for what it is told.

   data: address (of the stream, empty where there is nothing to hear), number and stamp (what the page shows),
   origin (of this page), run (changes with every run of the script), words (texts in the reader's language). */

const OWN_RUN_MS = 1500; // the run that my own change has started is awaited so long before another is asked for
const ASK_AGAIN_MS = 1000; // a page that was away asks again until the script has run
const REST_MS = 600; // a slider counts as held so long after the last key press
const HELD = "[role='slider'], input[type='range']";
const kept = new WeakMap();

function begun(parentElement) {
  const held = { source: null, address: "", said: null, timer: 0, isHeld: false, wasAway: false, asked: 0 };
  held.grab = (event) => {
    if (!event.composedPath().some((place) => place.matches?.(HELD))) return;
    held.isHeld = true;
    if (event.type === "keydown") letGoSoon(held);
  };
  held.letGo = () => {
    if (held.isHeld) letGoSoon(held);
  };
  const document = parentElement.ownerDocument ?? parentElement.host.ownerDocument;
  held.listening = [["pointerdown", held.grab], ["keydown", held.grab], ["pointerup", held.letGo], ["pointercancel", held.letGo]];
  for (const [name, listener] of held.listening) document.addEventListener(name, listener, true);
  held.end = () => {
    held.source?.close();
    clearTimeout(held.timer);
    clearTimeout(held.rest);
    for (const [name, listener] of held.listening) document.removeEventListener(name, listener, true);
  };
  return held;
}

function letGoSoon(held) {
  clearTimeout(held.rest);
  held.rest = setTimeout(() => {
    held.isHeld = false;
    held.compare();
  }, REST_MS);
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  if (!kept.has(parentElement)) kept.set(parentElement, begun(parentElement));
  const held = kept.get(parentElement);
  held.data = data;

  const place = (name) => parentElement.querySelector(`[data-place="${name}"]`);
  const show = (state) => {
    held.state = state;
    const badge = place("badge");
    badge.dataset.state = data.address ? state : "own";
    badge.textContent = data.address ? held.data.words[state] : "";
    badge.hidden = !data.address;
  };

  const showPeople = (people) => {
    const list = place("people");
    const shown = data.address && people.length > 1 ? people : [];
    list.hidden = shown.length === 0;
    list.replaceChildren(
      ...shown.map((person) => {
        const item = document.createElement("li");
        const dot = document.createElement("span");
        dot.className = "dot";
        dot.style.background = person.colour;
        dot.setAttribute("aria-hidden", "true");
        const name = document.createElement("bdi");
        name.textContent = person.is_me ? `${person.name} (${held.data.words.me})` : person.name;
        item.append(dot, name);
        if (person.touched) {
          const touched = document.createElement("span");
          touched.className = "touched";
          touched.textContent = person.touched;
          item.append(touched);
        }
        return item;
      }),
    );
  };

  const ask = () => {
    held.asked += 1;
    setTriggerValue("news", `${held.said?.number ?? ""}/${held.said?.stamp ?? ""}/${held.asked}`);
  };

  // Compare what was said with what the page shows, and have it drawn anew where they differ.
  held.compare = () => {
    const { said } = held;
    clearTimeout(held.timer);
    if (!said || held.isHeld) return;
    const isBehind = said.ended || said.number > held.data.number || said.stamp !== held.data.stamp;
    if (!isBehind && !held.wasAway) return;
    const isMine = said.origin === held.data.origin && said.stamp === held.data.stamp && !held.wasAway;
    const { run } = held.data;
    held.timer = setTimeout(
      () => {
        if (held.data.run !== run && !held.wasAway) return held.compare();
        ask();
        held.timer = setTimeout(held.compare, ASK_AGAIN_MS);
      },
      isMine ? OWN_RUN_MS : 0,
    );
  };

  const opened = () => {
    const source = new EventSource(held.address);
    held.source = source;
    source.onmessage = (event) => {
      held.said = JSON.parse(event.data);
      if (held.said.trouble) return show("reconnecting");
      show(held.said.ended ? "offline" : "live");
      if (held.said.ended) source.close();
      else showPeople(held.said.people);
      held.compare();
    };
    source.onerror = () => {
      held.wasAway = true;
      held.awayRun = held.data.run;
      show("reconnecting");
      if (source.readyState === EventSource.CLOSED && held.address) {
        show("offline");
        clearTimeout(held.again);
        held.again = setTimeout(() => held.address && opened(), 2 * ASK_AGAIN_MS);
      }
    };
  };

  if (held.wasAway && held.awayRun !== undefined && held.awayRun !== data.run && held.state === "live") {
    held.wasAway = false;
  }
  if (held.address !== data.address) {
    held.source?.close();
    held.address = data.address;
    held.said = null;
    if (data.address) opened();
  }
  show(held.state ?? "reconnecting");
  showPeople(held.said?.people ?? []);
  held.compare();
  return () => {
    held.end();
    kept.delete(parentElement);
  };
}
