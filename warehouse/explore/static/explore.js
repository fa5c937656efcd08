// What a page can do more with scripts; everything works without them.
"use strict";

function themeButton() {
  const button = document.querySelector("button.theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try { localStorage.setItem("theme", next); } catch (refused) { /* it lasts as long as the page */ }
    show();
  });
  system.addEventListener("change", show);
  show();
}

// Empty fields say nothing: they are kept out of the address, which is what people keep and send.
function shortAddresses() {
  for (const form of document.querySelectorAll("form.filter")) {
    form.addEventListener("formdata", (event) => {
      for (const name of new Set([...event.formData.keys()])) {
        const values = event.formData.getAll(name).filter((value) => value !== "");
        event.formData.delete(name);
        values.forEach((value) => event.formData.append(name, value));
      }
    });
  }
}

function suggestions() {
  for (const input of document.querySelectorAll("input[data-suggest]")) {
    const list = document.getElementById(input.getAttribute("list"));
    let waiting = 0;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const typed = input.value.trim();
        if (typed.length < 2) return;
        const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`);
        if (!answer.ok || input.value.trim() !== typed) return;
        list.replaceChildren(...(await answer.json()).map((name) => {
          const option = document.createElement("option");
          option.value = name;
          return option;
        }));
      }, 180);
    });
  }
}

// The map: buttons zoom, the wheel zooms with Ctrl, dragging moves it.
function map() {
  const svg = document.querySelector("svg[data-map]");
  if (!svg) return;
  const whole = { x: 0, y: 0, width: 360, height: 138 };
  const dots = [...svg.querySelectorAll("circle")];
  const radii = dots.map((dot) => Number(dot.getAttribute("r")));
  let view = { ...whole };
  const show = () => {
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    const shrink = Math.pow(view.width / whole.width, 0.7);
    dots.forEach((dot, number) => dot.setAttribute("r", radii[number] * shrink));
  };
  const put = (x, y, width) => {
    const height = (width * whole.height) / whole.width;
    view = {
      x: Math.min(Math.max(0, x), whole.width - width),
      y: Math.min(Math.max(0, y), whole.height - height),
      width,
      height,
    };
    show();
  };
  const zoom = (factor, atX = view.x + view.width / 2, atY = view.y + view.height / 2) => {
    const width = Math.min(whole.width, Math.max(12, view.width * factor));
    const share = width / view.width;
    put(atX - (atX - view.x) * share, atY - (atY - view.y) * share, width);
  };
  const point = (event) => {
    const box = svg.getBoundingClientRect();
    return [view.x + ((event.clientX - box.left) / box.width) * view.width,
      view.y + ((event.clientY - box.top) / box.height) * view.height];
  };
  const buttons = document.querySelector(".zoom");
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const what = event.target.dataset.zoom;
    if (what === "in") zoom(0.6);
    if (what === "out") zoom(1 / 0.6);
    if (what === "all") put(0, 0, whole.width);
  });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 0.8 : 1.25, ...point(event));
  }, { passive: false });
  let held = null;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" && view.width === whole.width) return;
    held = { x: event.clientX, y: event.clientY, at: { ...view } };
    moved = false;
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const box = svg.getBoundingClientRect();
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (Math.abs(dx) + Math.abs(dy) > 4) moved = true;
    if (moved) put(held.at.x - (dx / box.width) * view.width, held.at.y - (dy / box.height) * view.height, view.width);
  });
  addEventListener("pointerup", () => { held = null; });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => { if (moved) event.preventDefault(); }, true);
}

// On a wide page the filter beside the list is open from the start.
function openFilter() {
  const box = document.querySelector("details[data-wide-open]");
  if (box && matchMedia("(min-width: 60rem)").matches) box.open = true;
}

themeButton();
shortAddresses();
suggestions();
map();
openFilter();
