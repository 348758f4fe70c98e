/* Draws the figures as cards: each is a button that asks why. data: why (what the button does, for those who hear the
   page), cards (each with name, title, value, help, notes, badges,
   pointer, and perhaps change and band; a band has alt and places, where
   P10, P50, P80, P90 and the plan lie along it, 0 to 100). */

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector("ul");
  while (list.children.length > data.cards.length) list.lastChild.remove();
  data.cards.forEach((card, place) => {
    const button = list.children[place]?.firstChild ?? newButton(list);
    button.dataset.name = card.name;
    button.onclick = () => setTriggerValue("why", card.name);
    button.title = card.help;
    button.className = card.pointer ? "pointed" : "";
    button.replaceChildren(...contentOf(card, data.why));
  });
}

function newButton(list) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  item.append(button);
  list.append(item);
  return button;
}

function contentOf({ title, value, notes, change, band, badges, pointer }, why) {
  const parts = [element("title", title), element("value", value)];
  if (band) parts.push(track(band));
  if (change) parts.push(element(`change ${change.tone}`, change.text));
  parts.push(...notes.map((note) => element("note", note)));
  if (badges.length) {
    const line = element("badges");
    line.append(...badgesOf(badges));
    parts.push(line);
  }
  if (pointer) parts.push(element("pointer", pointer));
  parts.push(element("heard", why));
  return parts;
}

function track({ alt, places: [low, middle, eighty, high, plan] }) {
  const made = element("track");
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", alt);
  const reach = element("reach");
  reach.style.left = `${low}%`;
  reach.style.width = `${high - low}%`;
  made.append(reach, ...[["middle", middle], ["eighty", eighty], ["plan", plan]].map(([name, at]) => {
    const mark = element(name);
    mark.style.left = `${at}%`;
    return mark;
  }));
  return made;
}
