from django.urls import path

from chat.activity import views as activity_views
from chat.catch_up import views as catch_up_views
from chat.drafts import views as drafts_views
from chat.emoji import views as emoji_views
from chat.groups import views as groups_views
from chat.library import views as library_views
from chat.mentions import views as mentions_views
from chat.messages import views as messages_views
from chat.profiles import views as profiles_views
from chat.reminders import views as reminders_views
from chat.reports import views as reports_views
from chat.room_page.views import details, own_settings, picture, pins, room, thread
from chat.rooms import views
from chat.scheduled import views as scheduled_views
from chat.search import views as search_views
from chat.sidebar import views as sidebar_views
from chat.threads import views as threads_views

app_name = "chat"

urlpatterns = [
    path("o/<slug:slug>/", room.open_home, name="home"),
    path("sidebar/", sidebar_views.arrange, name="arrange-sidebar"),
    path("o/<slug:slug>/sidebar/", sidebar_views.sidebar_rooms, name="sidebar"),
    path("o/<slug:slug>/rooms/mine/", sidebar_views.my_rooms, {"directs": False}, name="my-rooms"),
    path("o/<slug:slug>/direct-messages/", sidebar_views.my_rooms, {"directs": True}, name="my-directs"),
    path("o/<slug:slug>/rooms/", views.browse_rooms, name="directory"),
    path("o/<slug:slug>/rooms/new/", views.new_room, name="room-new"),
    path("o/<slug:slug>/people/", views.list_users, name="people"),
    path("o/<slug:slug>/people/options/", views.people_options, name="people-options"),
    path("o/<slug:slug>/people/<uuid:user_id>/", profiles_views.show_profile, name="person"),
    path("o/<slug:slug>/people/<uuid:user_id>/message/", profiles_views.write_to_member, name="person-message"),
    path("o/<slug:slug>/emoji/", emoji_views.edit_emoji, name="emoji"),
    path("o/<slug:slug>/emoji/rule/", emoji_views.edit_emoji_rule, name="emoji-rule"),
    path("o/<slug:slug>/emoji/<uuid:emoji_id>/names/", emoji_views.edit_emoji_aliases, name="emoji-aliases"),
    path("o/<slug:slug>/emoji/<uuid:emoji_id>/removal/", emoji_views.remove_emoji, name="emoji-removal"),
    path("o/<slug:slug>/search/", search_views.search_page, name="search"),
    path("o/<slug:slug>/groups/", groups_views.list_groups, name="groups"),
    path("o/<slug:slug>/groups/<uuid:group_id>/", groups_views.edit_group, name="group"),
    path("o/<slug:slug>/groups/<uuid:group_id>/members/", groups_views.add_members, name="group-members"),
    path(
        "o/<slug:slug>/groups/<uuid:group_id>/members/<uuid:user_id>/removal/",
        groups_views.remove_member,
        name="group-member-removal",
    ),
    path("o/<slug:slug>/groups/<uuid:group_id>/room/", groups_views.bring_into_room, name="group-room"),
    path("o/<slug:slug>/groups/<uuid:group_id>/deletion/", groups_views.delete_group, name="group-deletion"),
    path("notifications/", activity_views.open_notifications, name="all-notifications"),
    path("o/<slug:slug>/notifications/", activity_views.show_notifications, name="notifications"),
    path("o/<slug:slug>/notifications/read/", activity_views.read_all, name="notifications-read-all"),
    path(
        "o/<slug:slug>/notifications/<uuid:notification_id>/read/",
        activity_views.change_notification,
        name="notification",
    ),
    path("o/<slug:slug>/mentions/", mentions_views.list_mentions, name="mentions"),
    path("o/<slug:slug>/threads/", threads_views.list_threads, name="threads"),
    path("o/<slug:slug>/threads/<uuid:message_id>/read/", threads_views.mark_read, name="thread-read"),
    path("o/<slug:slug>/threads/<uuid:message_id>/unfollow/", threads_views.unfollow, name="thread-unfollow"),
    path("o/<slug:slug>/files/", library_views.list_files, name="files"),
    path("o/<slug:slug>/files/storage/", library_views.show_storage, name="storage"),
    path("o/<slug:slug>/files/<uuid:asset_id>/", library_views.show_file, name="file"),
    path("o/<slug:slug>/files/<uuid:asset_id>/deletion/", library_views.delete_file, name="file-deletion"),
    path("o/<slug:slug>/reports/", reports_views.list_reports, name="reports"),
    path("o/<slug:slug>/reports/<uuid:report_id>/closing/", reports_views.close_report, name="report-closing"),
    path("o/<slug:slug>/saved/", messages_views.list_bookmarks, name="bookmarks"),
    path("o/<slug:slug>/saved/<uuid:message_id>/removal/", messages_views.delete_bookmark, name="bookmark-removal"),
    path("o/<slug:slug>/unread/", catch_up_views.list_unread, name="unread"),
    path("o/<slug:slug>/unread/read/", catch_up_views.read_all, name="unread-read-all"),
    path("o/<slug:slug>/unread/<uuid:room_id>/read/", catch_up_views.read_room, name="unread-read"),
    path("share/", drafts_views.share, name="share"),
    path("o/<slug:slug>/drafts/", drafts_views.list_drafts, name="drafts"),
    path("o/<slug:slug>/drafts/<uuid:draft_id>/removal/", drafts_views.delete_draft, name="draft-removal"),
    path("o/<slug:slug>/scheduled/", scheduled_views.list_messages, name="scheduled"),
    path("o/<slug:slug>/scheduled/<uuid:scheduled_id>/", scheduled_views.edit_message, name="scheduled-change"),
    path("o/<slug:slug>/scheduled/<uuid:scheduled_id>/sending/", scheduled_views.send_message, name="scheduled-send"),
    path("o/<slug:slug>/scheduled/<uuid:scheduled_id>/draft/", scheduled_views.return_to_composer, name="to-draft"),
    path("o/<slug:slug>/scheduled/<uuid:scheduled_id>/removal/", scheduled_views.delete_message, name="unschedule"),
    path("o/<slug:slug>/reminders/", reminders_views.list_reminders, name="reminders"),
    path("o/<slug:slug>/reminders/<uuid:reminder_id>/", reminders_views.move_reminder, name="reminder-change"),
    path("o/<slug:slug>/reminders/<uuid:reminder_id>/done/", reminders_views.finish_reminder, name="reminder-done"),
    path("rooms/<uuid:room_id>/", room.room_page, name="room"),
    path("rooms/<uuid:room_id>/messages/", room.post_form, name="post"),
    path("rooms/<uuid:room_id>/messages/<uuid:message_id>/", room.message_page, name="message"),
    path("rooms/<uuid:room_id>/invite-link/", room.invite_link, name="invite-link"),
    path("rooms/<uuid:room_id>/feed/", room.feed_window, name="feed"),
    path("rooms/<uuid:room_id>/changes/", room.feed_changes_since, name="changes"),
    path("rooms/<uuid:room_id>/details/", details.room_details, name="details"),
    path("rooms/<uuid:room_id>/picture/", picture.upload_picture, name="picture"),
    path("rooms/<uuid:room_id>/picture/removal/", picture.delete_picture, name="picture-removal"),
    path("rooms/<uuid:room_id>/me/", own_settings.save_own_settings, name="own-settings"),
    path("rooms/<uuid:room_id>/pins/", pins.list_pins, name="pins"),
    path("rooms/<uuid:room_id>/saved/", messages_views.list_bookmarked_ids, name="bookmarked-here"),
    path("rooms/<uuid:room_id>/mentions/", mentions_views.mention_options, name="mention-options"),
    path("rooms/<uuid:room_id>/faces/", details.room_faces, name="faces"),
    path("rooms/<uuid:room_id>/members/", details.add_members, name="member-add"),
    path("rooms/<uuid:room_id>/members/<uuid:user_id>/role/", details.change_role, name="member-role"),
    path("rooms/<uuid:room_id>/members/<uuid:user_id>/removal/", details.remove_member, name="member-removal"),
    path("rooms/<uuid:room_id>/join/", details.join_room, name="join"),
    path("rooms/<uuid:room_id>/leave/", details.leave_room, name="leave"),
    path("rooms/<uuid:room_id>/archive/", details.archive_room, name="archive"),
    path("rooms/<uuid:room_id>/unarchive/", details.unarchive_room, name="unarchive"),
    path("rooms/<uuid:room_id>/deletion/", details.delete_room, name="deletion"),
    path("messages/<uuid:message_id>/thread/", thread.show_thread, name="thread"),
    path("messages/<uuid:message_id>/thread/feed/", thread.thread_window, name="thread-feed"),
    path("messages/<uuid:message_id>/thread/changes/", thread.thread_changes_since, name="thread-changes"),
    path("messages/<uuid:message_id>/thread/messages/", thread.post_reply, name="reply"),
    path("messages/<uuid:message_id>/thread/follow/", thread.change_follow, {"follow": True}, name="follow"),
    path("messages/<uuid:message_id>/thread/unfollow/", thread.change_follow, {"follow": False}, name="unfollow"),
    path("messages/<uuid:message_id>/card/", messages_views.show_card, name="message-card"),
    path("messages/<uuid:message_id>/origin/", messages_views.open_origin, name="origin"),
    path("messages/<uuid:message_id>/destinations/", messages_views.list_destinations, name="destinations"),
    path("messages/<uuid:message_id>/readers/", messages_views.list_readers, name="readers"),
    path("messages/<uuid:message_id>/revisions/", messages_views.list_revisions, name="revisions"),
    path("messages/<uuid:message_id>/pin/removal/", pins.remove_pin, name="unpin"),
]
