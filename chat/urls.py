from django.urls import path

from chat.views import details, directory, marks, rooms

app_name = "chat"

urlpatterns = [
    path("o/<slug:slug>/", rooms.home, name="home"),
    path("o/<slug:slug>/sidebar/", rooms.sidebar, name="sidebar"),
    path("o/<slug:slug>/rooms/", directory.directory, name="directory"),
    path("o/<slug:slug>/rooms/new/", directory.new_room, name="room-new"),
    path("o/<slug:slug>/people/", directory.people, name="people"),
    path("o/<slug:slug>/saved/", marks.saved, name="saved"),
    path("o/<slug:slug>/saved/<uuid:message_id>/removal/", marks.unsave, name="unsave"),
    path("rooms/<uuid:room_id>/", rooms.room, name="room"),
    path("rooms/<uuid:room_id>/messages/", rooms.post, name="post"),
    path("rooms/<uuid:room_id>/messages/<uuid:message_id>/", rooms.message, name="message"),
    path("rooms/<uuid:room_id>/invite-link/", rooms.invite_link, name="invite-link"),
    path("rooms/<uuid:room_id>/feed/", rooms.feed, name="feed"),
    path("rooms/<uuid:room_id>/changes/", rooms.changes, name="changes"),
    path("rooms/<uuid:room_id>/details/", details.details, name="details"),
    path("rooms/<uuid:room_id>/pins/", marks.pins, name="pins"),
    path("rooms/<uuid:room_id>/saved/", marks.saved_here, name="saved-here"),
    path("rooms/<uuid:room_id>/faces/", details.faces, name="faces"),
    path("rooms/<uuid:room_id>/members/", details.add_member, name="member-add"),
    path("rooms/<uuid:room_id>/members/<uuid:user_id>/role/", details.change_role, name="member-role"),
    path("rooms/<uuid:room_id>/members/<uuid:user_id>/removal/", details.remove_member, name="member-removal"),
    path("rooms/<uuid:room_id>/join/", details.join, name="join"),
    path("rooms/<uuid:room_id>/leave/", details.leave, name="leave"),
    path("rooms/<uuid:room_id>/archive/", details.archive, name="archive"),
    path("rooms/<uuid:room_id>/unarchive/", details.unarchive, name="unarchive"),
    path("rooms/<uuid:room_id>/deletion/", details.delete, name="deletion"),
    path("messages/<uuid:message_id>/revisions/", details.revisions, name="revisions"),
    path("messages/<uuid:message_id>/pin/removal/", marks.unpin, name="unpin"),
]
