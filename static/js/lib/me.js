// Who is looking, and where from: what the server wrote on the sidebar.
const { user, organisationName, sidebarUrl, homeUrl } = document.getElementById("sidebar").dataset

export const me = { id: user, organisationName, sidebarUrl, homeUrl }
