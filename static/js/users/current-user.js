// Who is looking, and where from: what the server wrote on the sidebar. The settings have none and know only who it is.
const sidebar = document.getElementById("sidebar")?.dataset
const { user, organisationName, sidebarUrl, homeUrl } = sidebar ?? { user: document.querySelector("[data-current-user]")?.dataset.currentUser }

export const me = { id: user, organisationName, sidebarUrl, homeUrl }
