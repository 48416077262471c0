// Signing in with a token.

import { currentSession, signIn } from "../app/client.js";
import { go } from "../app/router.js";
import { h, list } from "../dom/h.js";
import { field } from "../ui/field.js";

export async function open(page) {
  page.title("Sign in");
  const wanted = page.query.get("to");
  const target = wanted?.startsWith("/") && !wanted.startsWith("//") ? wanted : "/";
  if (currentSession()) {
    go(target, { replace: true });
    return;
  }

  let problem = null;
  const draw = () => page.show(list(h("section", { class: "panel", "aria-label": "Sign in" },
    h("h1", null, "Sign in"),
    h("p", { class: "note" }, "The service asks for a token. Whoever runs it makes one with ", h("code", null, "nas token create --role actor"), "."),
    h("form", { class: "stack", onsubmit: submit },
      field("Token", h("input", { type: "password", name: "token", autocomplete: "current-password", required: true, "aria-invalid": problem ? "true" : null, "aria-describedby": problem ? "login-problem" : null })),
      problem && h("p", { id: "login-problem", class: "bad-text", role: "alert" }, problem),
      h("div", null, h("button", { type: "submit", class: "button primary" }, "Sign in"))))));

  async function submit(event) {
    event.preventDefault();
    try {
      await signIn(String(new FormData(event.target).get("token")).trim());
      go(target, { replace: true });
    } catch (failure) {
      problem = failure.message;
      draw();
    }
  }

  draw();
  document.querySelector("input[name=token]")?.focus();
}
