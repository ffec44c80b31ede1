// Read the current user and their organisation from the page. The settings tell only the user's id.
const sidebar = document.getElementById("sidebar")?.dataset
const { user, organisationName, sidebarUrl, homeUrl } = sidebar ?? {
  user: document.querySelector("[data-current-user]")?.dataset.currentUser,
}

export const currentUser = { id: user, organisationName, sidebarUrl, homeUrl }
