/* Draws the button beside a field for a day that opens the browser's own calendar. data: name (of the button), day
   (which is marked, empty for none), first and last (which can be chosen), needs_one (whether there must be a day) and
   fixed (whether nobody may choose one). A browser tells a day once its calendar is closed with it. */

export default function ({ data, parentElement, setTriggerValue }) {
  const [button, input] = ["button", "input"].map((name) => parentElement.querySelector(name));
  Object.assign(button, { title: data.name, ariaLabel: data.name, disabled: data.fixed });
  Object.assign(input, { min: data.first, max: data.last, required: data.needs_one, value: data.day });
  button.onclick = () => input.showPicker();
  input.onchange = () => setTriggerValue("day", { chosen: input.value });
}
