// Runs before anything is painted, so that a chosen colour scheme does not flash. A classic script on purpose: modules are deferred.
(() => {
  const chosen = localStorage.getItem("nas.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
