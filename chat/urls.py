from django.urls import path

from chat.messages import views as messages_views
from chat.room_page.views import details, pins, room
from chat.rooms import views

app_name = "chat"

urlpatterns = [
    path("o/<slug:slug>/", room.home, name="home"),
    path("o/<slug:slug>/sidebar/", room.sidebar, name="sidebar"),
    path("o/<slug:slug>/rooms/", views.directory, name="directory"),
    path("o/<slug:slug>/rooms/new/", views.new_room, name="room-new"),
    path("o/<slug:slug>/people/", views.people, name="people"),
    path("o/<slug:slug>/saved/", messages_views.saved, name="saved"),
    path("o/<slug:slug>/saved/<uuid:message_id>/removal/", messages_views.unsave, name="unsave"),
    path("rooms/<uuid:room_id>/", room.room, name="room"),
    path("rooms/<uuid:room_id>/messages/", room.post, name="post"),
    path("rooms/<uuid:room_id>/messages/<uuid:message_id>/", room.message, name="message"),
    path("rooms/<uuid:room_id>/invite-link/", room.invite_link, name="invite-link"),
    path("rooms/<uuid:room_id>/feed/", room.feed, name="feed"),
    path("rooms/<uuid:room_id>/changes/", room.changes, name="changes"),
    path("rooms/<uuid:room_id>/details/", details.details, name="details"),
    path("rooms/<uuid:room_id>/pins/", pins.pins, name="pins"),
    path("rooms/<uuid:room_id>/saved/", messages_views.saved_here, name="saved-here"),
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
    path("messages/<uuid:message_id>/pin/removal/", pins.unpin, name="unpin"),
]
