// Read the current user and their organisation from the page. Pages without a sidebar tell only the user's id.
const { organisationName, sidebarUrl, homeUrl } = document.getElementById("sidebar")?.dataset ?? {}
const { user } = document.documentElement.dataset

export const currentUser = { id: user, organisationName, slug: homeUrl?.split("/")[2], sidebarUrl, homeUrl }
