// What can be chosen for the tasks of a project: its columns, labels and members. Asked for once per
// project and page, and anew once columns or labels have changed.
import { requestJson } from "lib/api"
import { connection } from "lib/connection"

const LIMIT = 200
const known = new Map()

for (const type of ["column.saved", "columns.spread", "column.deleted", "label.saved", "label.deleted"]) {
  connection.on(type, () => known.clear())
}

// Resolves with { columns, labels, members }.
export function loadChoices(project) {
  if (!known.has(project)) known.set(project, requestChoices(project))
  return known.get(project)
}

async function requestChoices(project) {
  try {
    const [columns, labels, members] = await Promise.all(
      ["columns", "labels", "members"].map((part) => requestJson("GET", `/projects/${project}/${part}?limit=${LIMIT}`)),
    )
    return { columns: columns.items, labels: labels.items, members: members.items.map(({ user }) => user) }
  } catch (error) {
    known.delete(project)
    throw error
  }
}
