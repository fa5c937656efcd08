// Runs before the page is drawn, so that a chosen theme does not flicker in.
"use strict";
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch (refused) {
  // A browser that keeps nothing for us: the system's theme it is.
}
