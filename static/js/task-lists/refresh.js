// How the page at hand shows tasks anew that have changed, here or elsewhere.
let refresh = async () => {}

export function onTasksChanged(run) {
  refresh = run
}

// Resolves once they are shown. Should that fail, the page is as old as it was: the next change tries again.
export const showTasks = (ids) => refresh(ids).catch(() => {})
