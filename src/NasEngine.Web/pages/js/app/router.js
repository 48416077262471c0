// Addresses to pages, over the History API.

/** Finds the route of a path: { route, params }, or null. Patterns are like "/runs/:id". */
export function match(routes, path) {
  const parts = split(path);
  for (const route of routes) {
    const wanted = split(route.pattern);
    if (wanted.length !== parts.length) continue;
    const params = {};
    const fits = wanted.every((part, index) => {
      if (!part.startsWith(":")) return part === parts[index];
      params[part.slice(1)] = decode(parts[index]);
      return true;
    });
    if (fits) return { route, params };
  }

  return null;
}

/** Goes to an address of ours. */
export function go(address, { replace = false, keepScroll = false } = {}) {
  if (replace) {
    history.replaceState(history.state, "", address);
  } else {
    history.replaceState({ ...history.state, scroll: scrollY }, "");
    history.pushState({}, "", address);
  }

  dispatchEvent(new CustomEvent("nas:navigate", { detail: { keepScroll: keepScroll || replace } }));
}

/** Follows links and the back button without loading the page anew. */
export function startRouting(navigate) {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => navigate({ keepScroll: false, scroll: history.state?.scroll ?? 0 }));
  addEventListener("nas:navigate", event => navigate(event.detail));
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const isOurs = link.origin === location.origin && !link.target && !link.hasAttribute("download") && !link.pathname.startsWith("/api/")
      && link.pathname !== "/device" && !(link.hash && link.pathname === location.pathname);
    if (!isOurs) return;
    event.preventDefault();
    go(link.pathname + link.search, { keepScroll: link.hasAttribute("data-keep-scroll") });
  });
}

function split(path) {
  return path.split("/").filter(Boolean);
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
