/* Draws how sure the plan is. data: sentence, legend, bands (each with title, sure, span, alt and places: where P10,
   P50, P80, P90 and the plan lie along the band, 0 to 100). */

export default function ({ data, parentElement }) {
  parentElement.querySelector(".sentence").textContent = data.sentence;
  parentElement.querySelector(".legend").textContent = data.legend;
  parentElement.querySelector("ul").replaceChildren(...data.bands.map(drawn));
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
