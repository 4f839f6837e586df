"use strict";
const details = document.getElementById("details");
const search = document.getElementById("search");
const found = document.getElementById("found");
const rows = [...document.querySelectorAll("g.row")];
const stacks = [...document.querySelectorAll("g.stack")];
const told = (id) => document.getElementById(`told-${id}`);
const partsOf = (row) => row.dataset.stacks.split(" ").filter(Boolean);
const first = details.innerHTML;

/** Leaves the given rows and stacks as they are and pales the others; `null` leaves all. */
function pale(keptRows, keptStacks) {
  document.body.classList.toggle("choosing", keptRows !== null);
  for (const row of rows) row.classList.toggle("on", keptRows !== null && keptRows.includes(row));
  for (const stack of stacks) stack.classList.toggle("on", keptRows !== null && keptStacks.has(stack.dataset.stack));
}
function unchoose() {
  for (const one of [...rows, ...stacks]) {
    one.classList.remove("chosen");
    one.setAttribute("aria-pressed", "false");
  }
}
function choose(one, id, keptRows, keptStacks) {
  unchoose();
  one.classList.add("chosen");
  one.setAttribute("aria-pressed", "true");
  search.value = "";
  found.textContent = "";
  pale(keptRows, keptStacks);
  details.replaceChildren(told(id).content.cloneNode(true));
}
const chooseRow = (row) => choose(row, row.dataset.row, [row], new Set(partsOf(row)));
const chooseStack = (stack) =>
  choose(stack, `stack-${stack.dataset.stack}`, rows.filter((row) => partsOf(row).includes(stack.dataset.stack)), new Set([stack.dataset.stack]));
function clear() {
  unchoose();
  search.value = "";
  found.textContent = "";
  pale(null);
  details.innerHTML = first;
}
function act(one, does) {
  one.setAttribute("tabindex", "0");
  one.setAttribute("role", "button");
  one.setAttribute("aria-pressed", "false");
  one.addEventListener("click", () => (one.classList.contains("chosen") ? clear() : does(one)));
  one.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    does(one);
  });
}
for (const row of rows) act(row, chooseRow);
for (const stack of stacks) act(stack, chooseStack);
for (const link of document.querySelectorAll("button[data-row]")) {
  link.addEventListener("click", () => {
    const row = rows.find((one) => one.dataset.row === link.dataset.row);
    chooseRow(row);
    row.scrollIntoView({ block: "center" });
  });
}
search.addEventListener("input", () => {
  const wanted = search.value.trim().toLowerCase();
  unchoose();
  if (wanted === "") return clear();
  const kept = rows.filter((row) => told(row.dataset.row).content.textContent.toLowerCase().includes(wanted));
  pale(kept, new Set(kept.flatMap(partsOf)));
  found.textContent = `${kept.length} of ${rows.length} rows`;
  if (kept.length > 0) kept[0].scrollIntoView({ block: "center" });
});
document.getElementById("clear").addEventListener("click", clear);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") clear();
});
