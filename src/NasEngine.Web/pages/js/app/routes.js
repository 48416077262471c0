// Which page answers to which address. A page's module gives open(page); it is fetched when it is first needed.

export const routes = [
  { pattern: "/", load: () => import("../pages/overview.js") },
  { pattern: "/runs", load: () => import("../pages/runs.js") },
  { pattern: "/runs/:id", load: () => import("../pages/run.js") },
  { pattern: "/compare", load: () => import("../pages/compare.js") },
  { pattern: "/new", load: () => import("../pages/newSearch.js") },
  { pattern: "/jobs", load: () => import("../pages/jobs.js") },
  { pattern: "/jobs/:id", load: () => import("../pages/job.js") },
  { pattern: "/recurring", load: () => import("../pages/recurring.js") },
  { pattern: "/servers", load: () => import("../pages/servers.js") },
  { pattern: "/devices", load: () => import("../pages/devices.js") },
  { pattern: "/devices/:name", load: () => import("../pages/deviceDetails.js") },
  { pattern: "/spaces", load: () => import("../pages/spaces.js") },
  { pattern: "/predictors", load: () => import("../pages/predictors.js") },
  { pattern: "/settings", load: () => import("../pages/settings.js") },
  { pattern: "/login", load: () => import("../pages/login.js") },
];
