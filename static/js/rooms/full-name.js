// What a room is called outside of its project: many projects have a `general`.
export const buildFullName = ({ name, project_name: project }) => (project ? `${project} · ${name}` : name)
