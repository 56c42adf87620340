// Dark or light before the first paint: the tokens know dark as a class. Loaded in the head, not as a module.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = () => document.documentElement.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", set);
  set();
})();
