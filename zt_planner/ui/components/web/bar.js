/* Draws a bar of parts, each named with its share below it. data: parts (each with name, shown, width, 0 to 100, and
   colour). */

export default function ({ data, parentElement }) {
  parentElement.querySelector(".bar").replaceChildren(...data.parts.map(({ width, colour }) => {
    const part = element("div", colour);
    part.style.width = `${width}%`;
    return part;
  }));
  parentElement.querySelector("ul").replaceChildren(...data.parts.map(({ name, shown, colour }) => {
    const item = document.createElement("li");
    const sign = element("span", colour);
    sign.className = "sign";
    const share = document.createElement("strong");
    share.textContent = shown;
    item.append(sign, `${name} `, share);
    return item;
  }));
}

function element(tag, colour) {
  const made = document.createElement(tag);
  made.style.background = colour;
  return made;
}
