// Runs before the first paint, so that a chosen colour scheme never flashes. Says that scripts run.
{
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const scheme = localStorage.getItem("wsgen-scheme");
    if (scheme) root.dataset.scheme = scheme;
  } catch {
    // Storage is switched off: the system's scheme is used.
  }
}
