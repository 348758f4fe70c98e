/* The line that says what levelling would save. Asks the server for it and writes it, without a run of the script.

   data: address (of the line; another one for each plan), waiting (the words until it is there).
   Laws: what was asked for another plan is given up; where there is no answer, there is no line. */

const kept = new WeakMap();

export default function ({ data, parentElement }) {
  const held = kept.get(parentElement) ?? {};
  kept.set(parentElement, held);
  const line = parentElement.querySelector("p");
  if (held.address !== data.address) {
    held.address = data.address;
    held.asked?.abort();
    const asked = (held.asked = new AbortController());
    line.textContent = data.waiting;
    fetch(data.address, { signal: asked.signal })
      .then((answer) => (answer.ok ? answer.json() : { text: "" }))
      .then(({ text }) => { line.textContent = text; })
      .catch(() => { if (!asked.signal.aborted) line.textContent = ""; });
  }
  return () => held.asked?.abort();
}
