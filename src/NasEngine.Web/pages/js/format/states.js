// The states of jobs, in the order of their tabs.

export const jobStates = ["enqueued", "scheduled", "processing", "succeeded", "failed", "deleted", "awaiting"];

export const unfinished = new Set(["enqueued", "scheduled", "processing", "awaiting"]);

export const stateTitle = state => state.charAt(0).toUpperCase() + state.slice(1);
