/* Draws a bar of parts, each named with its share below it. data: parts (each with name, shown, width, 0 to 100, and
   colour). */

export default function ({ data, parentElement }) {
  parentElement.querySelector(".bar").replaceChildren(...data.parts.map(({ width, colour }) => {
    const part = coloured("part", colour);
    part.style.width = `${width}%`;
    return part;
  }));
  parentElement.querySelector("ul").replaceChildren(...data.parts.map(({ name, shown, colour }) => {
    const item = document.createElement("li");
    const share = document.createElement("strong");
    share.textContent = shown;
    item.append(coloured("sign", colour), `${name} `, share);
    return item;
  }));
}

function coloured(name, colour) {
  const made = element(name);
  made.style.background = colour;
  return made;
}
