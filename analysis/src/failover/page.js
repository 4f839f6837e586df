"use strict";
const details = document.getElementById("details");
const lines = document.getElementById("lines")?.content.children ?? [];
// "2:5,6;1:9": the lines 5 and 6 twice, then line 9.
function unfolded(trace) {
  return trace.split(";").map((passage) => {
    const [times, places] = passage.split(":");
    const texts = places.split(",").map((place) => lines[place].textContent);
    return times === "1" ? texts.join("\n") : [`${times} times:`, ...texts.map((text) => `    ${text}`)].join("\n");
  }).join("\n");
}
function show(id) {
  const source = document.getElementById(id);
  if (!source) return;
  details.replaceChildren(source.content.cloneNode(true));
  const trace = details.querySelector("pre[data-trace]");
  if (trace) trace.textContent = unfolded(trace.dataset.trace);
  for (const row of document.querySelectorAll("tr.chosen")) row.classList.remove("chosen");
  const row = document.querySelector(`tr[data-case="${id}"]`);
  if (row) row.classList.add("chosen");
}
for (const row of document.querySelectorAll("tr[data-case]")) {
  row.addEventListener("click", () => show(row.dataset.case));
}
for (const link of document.querySelectorAll("a[data-case]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const moment = link.dataset.case.split("-")[0];
    choose(moment);
    show(link.dataset.case);
    details.scrollIntoView({ block: "nearest" });
  });
}
function choose(moment) {
  for (const button of document.querySelectorAll("button[data-moment]")) {
    button.setAttribute("aria-pressed", String(button.dataset.moment === moment));
  }
  for (const body of document.querySelectorAll("tbody[data-moment]")) {
    body.hidden = body.dataset.moment !== moment;
  }
}
for (const button of document.querySelectorAll("button[data-moment]")) {
  button.addEventListener("click", () => choose(button.dataset.moment));
}
const filter = document.getElementById("filter");
const changed = document.getElementById("changed");
function columns() {
  const wanted = filter.value.trim().toLowerCase();
  const heads = [...document.querySelectorAll("thead th[data-column]")];
  const hidden = heads.map((head) =>
    (changed.checked && head.dataset.changed !== "yes") || (wanted !== "" && !head.dataset.column.toLowerCase().includes(wanted)));
  heads.forEach((head, place) => { head.hidden = hidden[place]; });
  for (const row of document.querySelectorAll("tbody tr")) {
    [...row.querySelectorAll("td")].forEach((cell, place) => { cell.hidden = hidden[place]; });
  }
}
filter.addEventListener("input", columns);
changed.addEventListener("change", columns);
choose(document.querySelector("button[data-moment]").dataset.moment);
columns();
