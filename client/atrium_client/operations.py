"""The operations of the REST API. Made of its schema by `manage.py build_client`: change nothing here."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

from atrium_client.transport import Transport, quote

class AddressIn(TypedDict, total=False):
    email: str
    current_password: str

class AnnouncementIn(TypedDict, total=False):
    text: str

class AnnouncementOut(TypedDict, total=False):
    id: str
    author: Union[UserSummaryOut, None]
    text: str
    created_at: str

class AssetFilters(TypedDict, total=False):
    org: Union[str, None]
    kind: Union[Literal['image', 'video', 'audio', 'pdf', 'text', 'document', 'archive', 'other'], None]
    owner: Union[Literal['me'], str, None]
    room: Union[str, None]
    q: str
    before: Union[str, None]
    after: Union[str, None]
    sort: Literal['newest', 'name', 'size']

class AssetOut(TypedDict, total=False):
    id: str
    organisation: str
    owner: AssetOwner
    name: str
    original_name: str
    file_name: str
    path: str
    mime_type: str
    kind: Literal['image', 'video', 'audio', 'pdf', 'text', 'document', 'archive', 'other']
    description_of_kind: str
    size: int
    sha256: str
    url: str
    thumbnail_url: Union[str, None]
    preview_url: Union[str, None]
    state: Literal['pending', 'ready', 'failed']
    width: Union[int, None]
    height: Union[int, None]
    duration: Union[float, None]
    pages: Union[int, None]
    photo_data: Union[PhotoData, None]
    placeholder: Union[str, None]
    metadata: Dict[str, Any]
    alt_text: str
    created_at: str

class AssetOwner(TypedDict, total=False):
    id: str
    name: str
    username: str

class AssetPatch(TypedDict, total=False):
    name: str
    alt_text: str

class AssetRef(TypedDict, total=False):
    id: str
    name: str
    mime_type: str
    kind: Literal['image', 'video', 'audio', 'pdf', 'text', 'document', 'archive', 'other']
    size: int
    state: Literal['pending', 'ready', 'failed']
    url: str
    thumbnail_url: Union[str, None]
    preview_url: Union[str, None]
    width: Union[int, None]
    height: Union[int, None]
    duration: Union[float, None]
    pages: Union[int, None]
    placeholder: Union[str, None]
    alt_text: str

class AttachmentOut(TypedDict, total=False):
    asset: AssetOut
    attached_at: str

class AttachmentsIn(TypedDict, total=False):
    asset_ids: List[str]

class AuditActorOut(TypedDict, total=False):
    id: str
    username: str
    name: str
    kind: Literal['human', 'agent']

class AuditEntryOut(TypedDict, total=False):
    id: str
    organisation: Union[OrganisationName, None]
    user: Union[AuditActorOut, None]
    action: Literal['create', 'update', 'delete']
    table_name: str
    record_id: str
    record_name: str
    changes: Dict[str, List[Any]]
    ip_address: Union[str, None]
    created_at: str

AuditFilters = TypedDict("AuditFilters", {"user": Union[str, None], "action": Union[Literal['create', 'update', 'delete'], None], "table": Union[str, None], "record": Union[str, None], "from": Union[str, None], "to": Union[str, None], "q": Union[str, None]}, total=False)

class AuthorOut(TypedDict, total=False):
    id: str
    name: str
    username: str
    kind: Literal['human', 'agent']
    avatar_url: Union[str, None]

class AwaitingInvitationOut(TypedDict, total=False):
    organisation: OrganisationName
    role: Literal['owner', 'admin', 'member', 'guest']
    email: Union[str, None]
    invited_by: Union[str, None]
    expires_at: str
    id: str

class BookmarkOut(TypedDict, total=False):
    message: MessageOut
    created_at: str

class BroughtOut(TypedDict, total=False):
    added: List[UserOut]

class BrowsedRoomOut(TypedDict, total=False):
    id: str
    organisation: str
    kind: Literal['channel', 'group', 'direct']
    name: str
    topic: str
    emoji: str
    picture_url: Union[str, None]
    is_general: bool
    project_id: Union[str, None]
    project_name: str
    system_messages: bool
    archived_at: Union[str, None]
    version: int
    last_seq: int
    last_message_at: Union[str, None]
    created_at: str
    member_count: int
    joined: bool

class BulkFault(TypedDict, total=False):
    index: int
    detail: str

class BulkIn(TypedDict, total=False):
    items: List[BulkItem]
    all_or_none: bool

class BulkItem(TypedDict, total=False):
    description: str
    status: Literal['pending', 'in_progress', 'completed']
    column_id: Union[str, None]
    priority: Literal['none', 'low', 'medium', 'high', 'urgent']
    assignee_ids: List[str]
    label_ids: List[str]
    start_date: Union[str, None]
    start_at: Union[str, None]
    due_date: Union[str, None]
    due_at: Union[str, None]
    time_zone: str
    estimate: Union[int, None]
    parent_id: Union[str, None]
    external_id: Union[str, None]
    recurrence: str
    repetition: Literal['completion', 'due']
    snoozed_until: Union[str, None]
    title: str
    version: int
    id: Union[str, None]

class BulkOut(TypedDict, total=False):
    items: List[Union[TaskOut, None]]
    errors: List[BulkFault]

class CalendarFeedOut(TypedDict, total=False):
    created_at: Union[str, None]
    last_read_at: Union[str, None]

class ChangesOut(TypedDict, total=False):
    items: List[MessageOut]
    version: int
    has_more: bool
    reset: bool

class ColumnIn(TypedDict, total=False):
    name: str
    status: Literal['pending', 'in_progress', 'completed']
    before: Union[str, None]
    after: Union[str, None]

class ColumnOut(TypedDict, total=False):
    id: str
    project_id: str
    name: str
    status: Literal['pending', 'in_progress', 'completed']
    position: str

class ColumnPatch(TypedDict, total=False):
    name: str
    status: Literal['pending', 'in_progress', 'completed']
    before: str
    after: str

class CommandIn(TypedDict, total=False):
    text: str
    client_id: Union[str, None]
    reply_to: Union[str, None]
    thread_id: Union[str, None]
    also_in_room: bool
    time_zone: Union[str, None]

class CommandOut(TypedDict, total=False):
    name: str
    arguments: str
    summary: str

class CommentIn(TypedDict, total=False):
    content: str
    client_id: Union[str, None]
    asset_ids: List[str]

class CommentPageOut(TypedDict, total=False):
    items: List[MessageOut]
    next_cursor: Union[str, None]
    card_id: Union[str, None]

class ConfirmationIn(TypedDict, total=False):
    otp: str
    password: str
    recovery_code: str
    passkey: Union[UsedCredentialIn, None]

class CreatedCredentialIn(TypedDict, total=False):
    id: str
    rawId: str
    type: Literal['public-key']
    authenticatorAttachment: Union[Literal['platform', 'cross-platform'], None]
    response: CreatedResponse
    clientExtensionResults: Dict[str, Any]

class CreatedResponse(TypedDict, total=False):
    clientDataJSON: str
    attestationObject: str
    transports: List[str]

class CredentialsIn(TypedDict, total=False):
    email: str
    password: str
    otp: Union[str, None]

class CycleTimeOut(TypedDict, total=False):
    count: int
    median_seconds: Union[int, None]
    p85_seconds: Union[int, None]

class DayOut(TypedDict, total=False):
    day: str
    pending: int
    in_progress: int
    completed: int
    completed_on_day: int

class DirectIn(TypedDict, total=False):
    user_ids: List[str]

class DraftIn(TypedDict, total=False):
    content: str
    asset_ids: Union[List[str], None]
    seen_asset_ids: Union[List[str], None]
    reply_to: Union[str, None]
    thread_id: Union[str, None]

class DraftOut(TypedDict, total=False):
    room_id: str
    thread_id: Union[str, None]
    reply_to: Union[str, None]
    quote: Union[QuoteOut, None]
    content: str
    asset_ids: List[str]
    assets: List[AssetRef]
    is_writable: bool
    updated_at: str

class EmojiOut(TypedDict, total=False):
    id: str
    name: str
    aliases: List[str]
    image_url: str
    is_animated: bool
    created_by: Union[str, None]
    created_at: str

class EmojiPatch(TypedDict, total=False):
    aliases: List[str]

class EnrolmentOut(TypedDict, total=False):
    secret: str
    otpauth_url: str

class Fault(TypedDict, total=False):
    loc: List[Union[int, str]]
    msg: str

class FollowedThreadOut(TypedDict, total=False):
    root: MessageOut
    thread: ThreadStateOut

class ForwardIn(TypedDict, total=False):
    room_id: Union[str, None]
    user_id: Union[str, None]
    comment: str
    client_id: Union[str, None]

class FoundFileOut(TypedDict, total=False):
    id: str
    name: str
    snippet: str

class FoundMessageOut(TypedDict, total=False):
    id: str
    room_id: str
    seq: Union[int, None]
    version: int
    author: AuthorOut
    type: Literal['text', 'image', 'file', 'system']
    is_action: bool
    content: Union[str, None]
    html: Union[str, None]
    client_id: Union[str, None]
    reply_to: Union[str, None]
    forwarded: Union[OriginOut, None]
    thread_id: Union[str, None]
    thread_seq: Union[int, None]
    thread: Union[ThreadOut, None]
    assets: List[AssetRef]
    previews: List[PreviewOut]
    reactions: List[ReactionOut]
    mentions: List[str]
    broadcast: Union[Literal['room', 'here'], None]
    created_at: str
    edited_at: Union[str, None]
    deleted_at: Union[str, None]
    pinned_at: Union[str, None]
    pinned_by: Union[str, None]
    snippet: str
    room_name: str
    found_file: Union[FoundFileOut, None]

class FoundOtherOut(TypedDict, total=False):
    kind: str
    id: str
    name: str
    note: str
    state: str
    url: str

class FoundRoomOut(TypedDict, total=False):
    id: str
    name: str
    kind: Literal['channel', 'group']

class GridRowOut(TypedDict, total=False):
    kind: str
    label: str
    category: str
    in_app: bool
    push: bool
    mail: bool

class GroupIn(TypedDict, total=False):
    name: str
    handle: str

class GroupMemberOut(TypedDict, total=False):
    user: UserOut
    added_at: str

class GroupOut(TypedDict, total=False):
    id: str
    name: str
    handle: str
    member_count: int
    created_by: Union[str, None]
    created_at: str

class GroupPatch(TypedDict, total=False):
    name: str
    handle: str

class HealthOut(TypedDict, total=False):
    status: Literal['ok', 'error']
    database: Literal['ok', 'error']
    channel_layer: Literal['ok', 'error']
    disk: Literal['ok', 'full']
    migrations: Migrations

class HourOut(TypedDict, total=False):
    begins_at: str
    done: int
    failed: int

class ImportNoteOut(TypedDict, total=False):
    code: str
    text: str
    count: int
    examples: List[str]

class ImportOut(TypedDict, total=False):
    id: str
    kind: str
    dry_run: bool
    state: Literal['draft', 'pending', 'running', 'completed', 'failed']
    progress: ImportProgressOut
    report: ImportReportOut
    created_at: str
    finished_at: Union[str, None]

class ImportProgressOut(TypedDict, total=False):
    done: int
    total: int
    percent: int

class ImportReportOut(TypedDict, total=False):
    counts: Dict[str, int]
    notes: List[ImportNoteOut]

class InvitationIn(TypedDict, total=False):
    email: Union[str, None]
    role: Literal['owner', 'admin', 'member', 'guest']
    expires_at: Union[str, None]

class InvitationOut(TypedDict, total=False):
    id: str
    token: str
    url: str
    role: Literal['owner', 'admin', 'member', 'guest']
    email: Union[str, None]
    expires_at: str
    accepted_at: Union[str, None]
    created_at: str

class InvitationPreview(TypedDict, total=False):
    organisation: OrganisationName
    role: Literal['owner', 'admin', 'member', 'guest']
    email: Union[str, None]
    invited_by: Union[str, None]
    expires_at: str

class JobFilters(TypedDict, total=False):
    state: Union[JobState, None]
    kind: Union[str, None]

class JobOut(TypedDict, total=False):
    id: str
    kind: str
    queue: str
    state: JobState
    attempts: int
    max_attempts: int
    enqueued_at: str
    due_at: str
    started_at: Union[str, None]
    finished_at: Union[str, None]
    error: Union[str, None]

JobState = Literal['waiting', 'delayed', 'running', 'done', 'failed', 'cancelled']

class JobStatisticsOut(TypedDict, total=False):
    states: StateCounts
    kinds: List[KindOut]

class KindOut(TypedDict, total=False):
    kind: str
    queue: str
    waiting: int
    delayed: int
    running: int
    done: int
    failed: int
    median_wait_ms: Union[float, None]
    slow_wait_ms: Union[float, None]
    median_run_ms: Union[float, None]
    slow_run_ms: Union[float, None]
    next_at: Union[str, None]
    hours: List[HourOut]

class KindUseOut(TypedDict, total=False):
    kind: Literal['image', 'video', 'audio', 'pdf', 'text', 'document', 'archive', 'other']
    size: int
    count: int

class LabelIn(TypedDict, total=False):
    name: str
    color: Literal['slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'indigo', 'violet', 'pink']

class LabelOut(TypedDict, total=False):
    id: str
    project_id: str
    name: str
    color: Literal['slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'indigo', 'violet', 'pink']

class LabelPatch(TypedDict, total=False):
    name: str
    color: Literal['slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'indigo', 'violet', 'pink']

class LinkedAccountOut(TypedDict, total=False):
    id: int
    provider: str
    provider_name: str
    account: str
    connected_at: str
    last_used_at: str
    is_last_way: bool

class LoginAttemptOut(TypedDict, total=False):
    id: str
    method: str
    outcome: Literal['success', 'failure']
    reason: str
    ip_address: Union[str, None]
    user_agent: str
    created_at: str

class ManagedUserIn(TypedDict, total=False):
    email: str
    name: str
    username: Union[str, None]
    role: Literal['user', 'admin']
    password: Union[str, None]

class ManagedUserOut(TypedDict, total=False):
    id: str
    email: Union[str, None]
    username: str
    name: str
    kind: Literal['human', 'agent']
    avatar_url: Union[str, None]
    presence: Literal['online', 'away', 'busy', 'offline']
    status: Union[StatusOut, None]
    role: Literal['user', 'admin']
    is_active: bool
    email_verified: bool
    second_factor: bool
    organisations: int
    last_login: Union[str, None]
    last_seen: Union[str, None]
    created_at: str

class ManagedUserPatch(TypedDict, total=False):
    name: str
    username: str
    email: str
    role: Literal['user', 'admin']

class MeIn(TypedDict, total=False):
    name: str
    username: str
    theme: Literal['system', 'light', 'dark']
    language: Literal['', 'en', 'de']
    time_zone: Union[str, None]
    availability: Literal['auto', 'away', 'busy']
    status: Union[StatusIn, None]
    metadata: Dict[str, Any]

class MeOut(TypedDict, total=False):
    id: str
    email: Union[str, None]
    username: str
    name: str
    kind: Literal['human', 'agent']
    avatar_url: Union[str, None]
    presence: Literal['online', 'away', 'busy', 'offline']
    status: Union[StatusOut, None]
    role: Literal['user', 'admin']
    theme: Literal['system', 'light', 'dark']
    language: Literal['', 'en', 'de']
    time_zone: Union[str, None]
    availability: Literal['auto', 'away', 'busy']
    metadata: Dict[str, Any]
    email_verified: bool
    created_at: str

class MemberFilters(TypedDict, total=False):
    q: str
    role: Union[Literal['owner', 'admin', 'member', 'guest'], None]
    kind: Union[Literal['human', 'agent'], None]
    second_factor: Union[Literal['on', 'off'], None]

class MemberOut(TypedDict, total=False):
    user: UserOut
    role: Literal['owner', 'admin', 'member', 'guest']
    joined_at: str

class MemberPatch(TypedDict, total=False):
    role: Literal['owner', 'admin', 'member', 'guest']

class MemberProfileOut(TypedDict, total=False):
    user: UserOut
    role: Literal['owner', 'admin', 'member', 'guest']
    joined_at: str
    time_zone: Union[str, None]

class MentionOut(TypedDict, total=False):
    message: MessageOut
    is_unread: bool
    is_broadcast: bool
    created_at: str

class MessageIn(TypedDict, total=False):
    content: str
    client_id: Union[str, None]
    reply_to: Union[str, None]
    thread_id: Union[str, None]
    also_in_room: bool
    asset_ids: List[str]

class MessageList(TypedDict, total=False):
    items: List[MessageOut]
    next_cursor: Union[str, None]

class MessageOut(TypedDict, total=False):
    id: str
    room_id: str
    seq: Union[int, None]
    version: int
    author: AuthorOut
    type: Literal['text', 'image', 'file', 'system']
    is_action: bool
    content: Union[str, None]
    html: Union[str, None]
    client_id: Union[str, None]
    reply_to: Union[str, None]
    forwarded: Union[OriginOut, None]
    thread_id: Union[str, None]
    thread_seq: Union[int, None]
    thread: Union[ThreadOut, None]
    assets: List[AssetRef]
    previews: List[PreviewOut]
    reactions: List[ReactionOut]
    mentions: List[str]
    broadcast: Union[Literal['room', 'here'], None]
    created_at: str
    edited_at: Union[str, None]
    deleted_at: Union[str, None]
    pinned_at: Union[str, None]
    pinned_by: Union[str, None]

class MessagePatch(TypedDict, total=False):
    content: str

class MessageReminderIn(TypedDict, total=False):
    remind_at: str
    time_zone: Union[str, None]
    note: str

class Migrations(TypedDict, total=False):
    applied: int
    pending: int

class MovedMarks(TypedDict, total=False):
    rooms: List[RoomMark]
    threads: List[ThreadMark]

class MyRoomOut(TypedDict, total=False):
    id: str
    organisation: str
    kind: Literal['channel', 'group', 'direct']
    name: str
    topic: str
    emoji: str
    picture_url: Union[str, None]
    is_general: bool
    project_id: Union[str, None]
    project_name: str
    system_messages: bool
    archived_at: Union[str, None]
    version: int
    last_seq: int
    last_message_at: Union[str, None]
    created_at: str
    role: Literal['admin', 'member']
    last_read_seq: int
    unread: int
    mentions: int
    favourite: bool
    muted_until: Union[str, None]
    notification_level: Literal['all', 'mentions', 'nothing']
    members: List[UserOut]

class MyTaskQuery(TypedDict, total=False):
    limit: int
    cursor: Union[str, None]
    q: str
    status: List[Literal['pending', 'in_progress', 'completed']]
    column_id: List[str]
    assignee: List[Union[Literal['me', 'none'], str]]
    label: List[str]
    priority: List[Literal['none', 'low', 'medium', 'high', 'urgent']]
    creator: Union[Literal['me'], str, None]
    parent_id: Union[Literal['none'], str, None]
    due: Union[Literal['overdue', 'today', 'week', 'none', 'any'], None]
    due_after: Union[str, None]
    due_before: Union[str, None]
    triage: Union[bool, None]
    snoozed: Union[bool, None]
    since: Union[int, None]
    sort: Literal['number', 'title', 'due', 'priority', 'created', 'updated', 'position']
    descending: bool
    org: str

class NamedUserOut(TypedDict, total=False):
    id: str
    name: str
    username: str

class NewPasskeyOut(TypedDict, total=False):
    recovery_codes: List[str]
    passkey: PasskeyOut

class NewPersonalTokenOut(TypedDict, total=False):
    id: str
    name: str
    scopes: List[str]
    last_used_at: Union[str, None]
    expires_at: Union[str, None]
    created_at: str
    token: str

class NoticeOut(TypedDict, total=False):
    content: str
    html: str

class NotificationDefaultsOut(TypedDict, total=False):
    grid: List[GridRowOut]
    choices: Dict[str, Dict[str, bool]]
    mail_pace: Literal['5m', '15m', '60m', 'daily', 'weekly', 'never']
    mail_content: bool

class NotificationDefaultsPatch(TypedDict, total=False):
    choices: Dict[str, Union[Dict[str, Union[bool, None]], None]]
    mail_pace: Literal['5m', '15m', '60m', 'daily', 'weekly', 'never']
    mail_content: bool

class NotificationOut(TypedDict, total=False):
    id: str
    kind: str
    type: Literal['info', 'success', 'warning', 'error']
    title: str
    message: str
    url: str
    actor: Union[UserSummaryOut, None]
    organisation: Union[OrganisationSummaryOut, None]
    room_id: Union[str, None]
    subject_id: Union[str, None]
    count: int
    created_at: str
    updated_at: str
    read_at: Union[str, None]

class NotificationSettingsOut(TypedDict, total=False):
    grid: List[GridRowOut]
    choices: Dict[str, Dict[str, bool]]
    keywords: List[str]
    quiet_hours: List[QuietHours]
    time_zone: Union[str, None]
    mail_pace: Union[Literal['5m', '15m', '60m', 'daily', 'weekly', 'never'], None]
    silent_until: Union[str, None]
    paused: bool

class NotificationSettingsPatch(TypedDict, total=False):
    choices: Dict[str, Union[Dict[str, Union[bool, None]], None]]
    keywords: List[str]
    quiet_hours: List[QuietHours]
    time_zone: Union[str, None]
    mail_pace: Union[Literal['5m', '15m', '60m', 'daily', 'weekly', 'never'], None]
    silent_until: Union[str, None]
    paused: bool

class OpenByAssigneeOut(TypedDict, total=False):
    user_id: Union[str, None]
    name: str
    count: int

class OpenedFeedOut(TypedDict, total=False):
    key: str
    url: str

class OrganisationIn(TypedDict, total=False):
    name: str
    slug: Union[str, None]

class OrganisationName(TypedDict, total=False):
    name: str
    slug: str

class OrganisationOut(TypedDict, total=False):
    id: str
    name: str
    slug: str
    role: Literal['owner', 'admin', 'member', 'guest']
    requires_second_factor: bool
    link_previews: bool
    removes_photo_data: bool
    edit_window: Union[int, None]
    delete_window: Union[int, None]
    read_receipts: bool
    emoji_by_admins: bool
    share_links: bool
    created_at: str
    updated_at: str

class OrganisationPatch(TypedDict, total=False):
    name: str
    requires_second_factor: bool
    link_previews: bool
    removes_photo_data: bool
    edit_window: Union[int, None]
    delete_window: Union[int, None]
    read_receipts: bool
    emoji_by_admins: bool
    share_links: bool

class OrganisationSummaryOut(TypedDict, total=False):
    id: str
    slug: str
    name: str

class OriginAuthorOut(TypedDict, total=False):
    id: str
    name: str
    username: str

class OriginOut(TypedDict, total=False):
    message_id: Union[str, None]
    author: OriginAuthorOut
    created_at: str

class OutcomeOut(TypedDict, total=False):
    message: Union[MessageOut, None]
    notice: Union[NoticeOut, None]
    left: bool

class OwnSettingsOut(TypedDict, total=False):
    favourite: bool
    muted_until: Union[str, None]
    notification_level: Literal['all', 'mentions', 'nothing']

class OwnSettingsPatch(TypedDict, total=False):
    favourite: bool
    muted_until: Union[str, None]
    notification_level: Literal['all', 'mentions', 'nothing']

class OwnerUseOut(TypedDict, total=False):
    user: AssetOwner
    size: int
    count: int

class PageQuery(TypedDict, total=False):
    limit: int
    cursor: Union[str, None]

class PageAnnouncementOut(TypedDict, total=False):
    items: List[AnnouncementOut]
    next_cursor: Union[str, None]

class PageAssetOut(TypedDict, total=False):
    items: List[AssetOut]
    next_cursor: Union[str, None]

class PageAttachmentOut(TypedDict, total=False):
    items: List[AttachmentOut]
    next_cursor: Union[str, None]

class PageAuditEntryOut(TypedDict, total=False):
    items: List[AuditEntryOut]
    next_cursor: Union[str, None]

class PageAwaitingInvitationOut(TypedDict, total=False):
    items: List[AwaitingInvitationOut]
    next_cursor: Union[str, None]

class PageBookmarkOut(TypedDict, total=False):
    items: List[BookmarkOut]
    next_cursor: Union[str, None]

class PageBrowsedRoomOut(TypedDict, total=False):
    items: List[BrowsedRoomOut]
    next_cursor: Union[str, None]

class PageColumnOut(TypedDict, total=False):
    items: List[ColumnOut]
    next_cursor: Union[str, None]

class PageCommandOut(TypedDict, total=False):
    items: List[CommandOut]
    next_cursor: Union[str, None]

class PageDraftOut(TypedDict, total=False):
    items: List[DraftOut]
    next_cursor: Union[str, None]

class PageEmojiOut(TypedDict, total=False):
    items: List[EmojiOut]
    next_cursor: Union[str, None]

class PageFollowedThreadOut(TypedDict, total=False):
    items: List[FollowedThreadOut]
    next_cursor: Union[str, None]

class PageGroupMemberOut(TypedDict, total=False):
    items: List[GroupMemberOut]
    next_cursor: Union[str, None]

class PageGroupOut(TypedDict, total=False):
    items: List[GroupOut]
    next_cursor: Union[str, None]

class PageInvitationOut(TypedDict, total=False):
    items: List[InvitationOut]
    next_cursor: Union[str, None]

class PageJobOut(TypedDict, total=False):
    items: List[JobOut]
    next_cursor: Union[str, None]

class PageLabelOut(TypedDict, total=False):
    items: List[LabelOut]
    next_cursor: Union[str, None]

class PageLinkedAccountOut(TypedDict, total=False):
    items: List[LinkedAccountOut]
    next_cursor: Union[str, None]

class PageLoginAttemptOut(TypedDict, total=False):
    items: List[LoginAttemptOut]
    next_cursor: Union[str, None]

class PageManagedUserOut(TypedDict, total=False):
    items: List[ManagedUserOut]
    next_cursor: Union[str, None]

class PageMemberOut(TypedDict, total=False):
    items: List[MemberOut]
    next_cursor: Union[str, None]

class PageMentionOut(TypedDict, total=False):
    items: List[MentionOut]
    next_cursor: Union[str, None]

class PageMessageOut(TypedDict, total=False):
    items: List[MessageOut]
    next_cursor: Union[str, None]

class PageMyRoomOut(TypedDict, total=False):
    items: List[MyRoomOut]
    next_cursor: Union[str, None]

class PageNotificationOut(TypedDict, total=False):
    items: List[NotificationOut]
    next_cursor: Union[str, None]

class PageOrganisationOut(TypedDict, total=False):
    items: List[OrganisationOut]
    next_cursor: Union[str, None]

class PagePasskeyOut(TypedDict, total=False):
    items: List[PasskeyOut]
    next_cursor: Union[str, None]

class PagePersonalTokenOut(TypedDict, total=False):
    items: List[PersonalTokenOut]
    next_cursor: Union[str, None]

class PageProjectOut(TypedDict, total=False):
    items: List[ProjectOut]
    next_cursor: Union[str, None]

class PageProviderOut(TypedDict, total=False):
    items: List[ProviderOut]
    next_cursor: Union[str, None]

class PagePushSubscriptionOut(TypedDict, total=False):
    items: List[PushSubscriptionOut]
    next_cursor: Union[str, None]

class PageRelationOut(TypedDict, total=False):
    items: List[RelationOut]
    next_cursor: Union[str, None]

class PageReminderOut(TypedDict, total=False):
    items: List[ReminderOut]
    next_cursor: Union[str, None]

class PageReportOut(TypedDict, total=False):
    items: List[ReportOut]
    next_cursor: Union[str, None]

class PageRevisionOut(TypedDict, total=False):
    items: List[RevisionOut]
    next_cursor: Union[str, None]

class PageRoomMemberOut(TypedDict, total=False):
    items: List[RoomMemberOut]
    next_cursor: Union[str, None]

class PageSavedViewOut(TypedDict, total=False):
    items: List[SavedViewOut]
    next_cursor: Union[str, None]

class PageScheduledOut(TypedDict, total=False):
    items: List[ScheduledOut]
    next_cursor: Union[str, None]

class PageSessionOut(TypedDict, total=False):
    items: List[SessionOut]
    next_cursor: Union[str, None]

class PageSystemMessageOut(TypedDict, total=False):
    items: List[SystemMessageOut]
    next_cursor: Union[str, None]

class PageTaskChangeOut(TypedDict, total=False):
    items: List[TaskChangeOut]
    next_cursor: Union[str, None]

class PageUserOut(TypedDict, total=False):
    items: List[UserOut]
    next_cursor: Union[str, None]

class PageWatcherOut(TypedDict, total=False):
    items: List[WatcherOut]
    next_cursor: Union[str, None]

class PasskeyIn(TypedDict, total=False):
    name: str
    credential: CreatedCredentialIn

class PasskeyOut(TypedDict, total=False):
    id: str
    name: str
    is_discoverable: bool
    is_synced: bool
    created_at: str
    last_used_at: Union[str, None]

class PasskeyPatch(TypedDict, total=False):
    name: str

class PasskeyRegistrationIn(TypedDict, total=False):
    otp: str
    passkey: Union[UsedCredentialIn, None]
    password: Union[str, None]

class PasskeyRemovalIn(TypedDict, total=False):
    otp: str
    passkey: Union[UsedCredentialIn, None]
    password: str

class PasskeySignInIn(TypedDict, total=False):
    credential: UsedCredentialIn

class PasswordCheckIn(TypedDict, total=False):
    password: str
    name: str
    username: str
    email: str

class PasswordCheckOut(TypedDict, total=False):
    problems: List[str]

class PasswordIn(TypedDict, total=False):
    current_password: str
    new_password: str

class PersonOut(TypedDict, total=False):
    id: str
    name: str

class PersonalTokenIn(TypedDict, total=False):
    name: str
    scopes: List[str]
    expires_at: Union[str, None]

class PersonalTokenOut(TypedDict, total=False):
    id: str
    name: str
    scopes: List[str]
    last_used_at: Union[str, None]
    expires_at: Union[str, None]
    created_at: str

PhotoData = Literal['removed', 'none', 'partial', 'unsupported', 'failed', 'kept']

class PostedOut(TypedDict, total=False):
    id: str
    room_id: str
    seq: Union[int, None]
    version: int
    author: AuthorOut
    type: Literal['text', 'image', 'file', 'system']
    is_action: bool
    content: Union[str, None]
    html: Union[str, None]
    client_id: Union[str, None]
    reply_to: Union[str, None]
    forwarded: Union[OriginOut, None]
    thread_id: Union[str, None]
    thread_seq: Union[int, None]
    thread: Union[ThreadOut, None]
    assets: List[AssetRef]
    previews: List[PreviewOut]
    reactions: List[ReactionOut]
    mentions: List[str]
    broadcast: Union[Literal['room', 'here'], None]
    created_at: str
    edited_at: Union[str, None]
    deleted_at: Union[str, None]
    pinned_at: Union[str, None]
    pinned_by: Union[str, None]
    not_in_room: List[NamedUserOut]
    is_broadcast_refused: bool

class PreviewOut(TypedDict, total=False):
    url: str
    title: str
    description: str
    site_name: str
    image_url: Union[str, None]
    image_width: int
    image_height: int

class Problem(TypedDict, total=False):
    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: Union[List[Fault], None]
    methods: Union[List[str], None]
    changes: Union[List[Dict[str, Any]], None]

class ProjectCopy(TypedDict, total=False):
    name: str
    key: Union[Literal[''], str]
    visibility: Literal['members', 'organisation']
    member_ids: List[str]

class ProjectIn(TypedDict, total=False):
    name: str
    key: Union[Literal[''], str]
    description: str
    color: Literal['slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'indigo', 'violet', 'pink']
    git_url: str
    git_branch: str
    start_date: Union[str, None]
    target_date: Union[str, None]
    visibility: Literal['members', 'organisation']
    member_ids: List[str]
    template_id: Union[str, None]

class ProjectOut(TypedDict, total=False):
    id: str
    organisation: str
    name: str
    key: str
    description: str
    description_html: str
    color: Literal['slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'indigo', 'violet', 'pink']
    picture_url: Union[str, None]
    git_url: str
    git_branch: str
    start_date: Union[str, None]
    target_date: Union[str, None]
    owner: Union[UserOut, None]
    visibility: Literal['members', 'organisation']
    state: Literal['active', 'archived', 'deleted']
    is_template: bool
    announces_tasks: bool
    channel_id: str
    member_count: int
    created_at: str
    updated_at: str
    archived_at: Union[str, None]
    tasks: TaskCounts
    role: Union[Literal['admin', 'member'], None]

class ProjectPatch(TypedDict, total=False):
    name: str
    key: str
    description: Union[str, None]
    color: Literal['slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'indigo', 'violet', 'pink']
    git_url: Union[str, None]
    git_branch: Union[str, None]
    start_date: Union[str, None]
    target_date: Union[str, None]
    is_template: bool
    announces_tasks: bool
    owner_id: str
    visibility: Literal['members', 'organisation']

class ProjectsQuery(TypedDict, total=False):
    limit: int
    cursor: Union[str, None]
    state: Literal['active', 'archived', 'all', 'deleted']
    q: str

class ProofIn(TypedDict, total=False):
    otp: str
    passkey: Union[UsedCredentialIn, None]

class ProviderOut(TypedDict, total=False):
    id: str
    name: str
    url: str

class PushKeyOut(TypedDict, total=False):
    public_key: str

class PushKeysIn(TypedDict, total=False):
    p256dh: str
    auth: str

class PushSubscriptionIn(TypedDict, total=False):
    endpoint: str
    keys: PushKeysIn
    expirationTime: Union[int, None]
    renews: Union[str, None]

class PushSubscriptionOut(TypedDict, total=False):
    id: str
    device: str
    host: str
    current: bool
    created_at: str
    last_success_at: Union[str, None]
    last_error: str
    last_error_at: Union[str, None]

class PushTestOut(TypedDict, total=False):
    sent: int

class QuickTaskIn(TypedDict, total=False):
    text: str
    column_id: Union[str, None]

class QuickTaskOut(TypedDict, total=False):
    title: str
    priority: Union[Literal['none', 'low', 'medium', 'high', 'urgent'], None]
    due_date: Union[str, None]
    due_time: Union[str, None]
    estimate: Union[int, None]
    assignees: List[UserOut]
    labels: List[TaskLabelOut]

class QuietHours(TypedDict, total=False):
    day: Literal['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
    start: str
    end: str

class QuoteOut(TypedDict, total=False):
    id: str
    name: str
    excerpt: str

class ReachIn(TypedDict, total=False):
    content: str
    thread_id: Union[str, None]
    also_in_room: bool

class ReachOut(TypedDict, total=False):
    broadcast: Union[Literal['room', 'here'], None]
    user_count: int

class ReactionOut(TypedDict, total=False):
    emoji: str
    count: int
    user_ids: List[str]
    image_url: Union[str, None]

class ReadAllOut(TypedDict, total=False):
    unread: int
    read_at: Union[str, None]

class ReadIn(TypedDict, total=False):
    seq: int

class ReadOut(TypedDict, total=False):
    unread: int
    mentions: int

class RecoveryCodesOut(TypedDict, total=False):
    recovery_codes: List[str]

class ReferencesQuery(TypedDict, total=False):
    keys: str
    message_ids: str

class RefreshIn(TypedDict, total=False):
    refresh_token: str

class RelatedTaskOut(TypedDict, total=False):
    id: str
    project_id: str
    key: str
    title: str
    status: Literal['pending', 'in_progress', 'completed']

class RelationIn(TypedDict, total=False):
    kind: Literal['blocks', 'blocked_by', 'duplicates', 'duplicated_by', 'relates']
    task_id: Union[str, None]
    key: Union[str, None]

class RelationOut(TypedDict, total=False):
    id: str
    kind: Literal['blocks', 'blocked_by', 'duplicates', 'duplicated_by', 'relates']
    task: RelatedTaskOut
    created_at: str

class ReminderIn(TypedDict, total=False):
    remind_at: str
    time_zone: Union[str, None]
    note: str
    room_id: Union[str, None]

class ReminderOut(TypedDict, total=False):
    id: str
    organisation: str
    room_id: Union[str, None]
    message: Union[MessageOut, None]
    is_of_message: bool
    note: str
    remind_at: str
    wall_time: str
    time_zone: str
    reminded_at: Union[str, None]

class ReminderPatch(TypedDict, total=False):
    remind_at: str
    time_zone: str
    note: str

class ReportIn(TypedDict, total=False):
    reason: str

class ReportOut(TypedDict, total=False):
    id: str
    state: Literal['open', 'resolved', 'dismissed']
    created_at: str
    message_id: Union[str, None]
    room_id: Union[str, None]
    room_name: str
    author: Union[NamedUserOut, None]
    reporter: Union[NamedUserOut, None]
    reason: str
    content: str
    is_edited: bool
    is_deleted: bool
    resolved_at: Union[str, None]
    resolved_by: Union[NamedUserOut, None]

class ReportedOut(TypedDict, total=False):
    id: str
    state: Literal['open', 'resolved', 'dismissed']
    created_at: str

class ResolutionIn(TypedDict, total=False):
    delete_message: bool

class RevisionOut(TypedDict, total=False):
    id: str
    content: str
    html: str
    replaced_at: str

class RoomIn(TypedDict, total=False):
    name: str
    kind: Literal['group', 'channel']
    topic: str
    project_id: Union[str, None]
    member_ids: List[str]

class RoomMark(TypedDict, total=False):
    room_id: str
    before: int
    after: int

class RoomMemberIn(TypedDict, total=False):
    user_id: str
    role: Literal['admin', 'member']

class RoomMemberOut(TypedDict, total=False):
    user: UserOut
    role: Literal['admin', 'member']
    joined_at: str

class RoomMemberPatch(TypedDict, total=False):
    role: Literal['admin', 'member']

class RoomOut(TypedDict, total=False):
    id: str
    organisation: str
    kind: Literal['channel', 'group', 'direct']
    name: str
    topic: str
    emoji: str
    picture_url: Union[str, None]
    is_general: bool
    project_id: Union[str, None]
    project_name: str
    system_messages: bool
    archived_at: Union[str, None]
    version: int
    last_seq: int
    last_message_at: Union[str, None]
    created_at: str

class RoomPatch(TypedDict, total=False):
    name: str
    topic: Union[str, None]
    emoji: Union[str, None]
    system_messages: bool

class RoomsQuery(TypedDict, total=False):
    limit: int
    cursor: Union[str, None]
    browse: bool
    q: str
    show: Literal['all', 'unjoined', 'archived']
    sort: Literal['name', 'activity']

class SavedViewIn(TypedDict, total=False):
    name: str
    layout: Literal['board', 'list', 'calendar']
    query: str
    is_shared: bool

class SavedViewOut(TypedDict, total=False):
    id: str
    project_id: str
    name: str
    layout: Literal['board', 'list', 'calendar']
    query: str
    is_shared: bool
    owner: UserOut
    created_at: str
    updated_at: str

class SavedViewPatch(TypedDict, total=False):
    name: str
    layout: Literal['board', 'list', 'calendar']
    query: str
    is_shared: bool

class ScheduledIn(TypedDict, total=False):
    content: str
    send_at: str
    time_zone: Union[str, None]
    client_id: Union[str, None]
    thread_id: Union[str, None]
    reply_to: Union[str, None]
    also_in_room: bool
    asset_ids: List[str]

class ScheduledOut(TypedDict, total=False):
    id: str
    room_id: Union[str, None]
    thread_id: Union[str, None]
    reply_to: Union[str, None]
    quote: Union[QuoteOut, None]
    also_in_room: bool
    content: str
    asset_ids: List[str]
    assets: List[AssetRef]
    client_id: str
    send_at: str
    wall_time: str
    time_zone: str
    state: Literal['waiting', 'sending', 'failed']
    failure: Union[Literal['deactivated', 'second_factor', 'room_gone', 'not_member', 'archived', 'thread_gone', 'file_gone', 'refused'], None]
    is_writable: bool

class ScheduledPatch(TypedDict, total=False):
    content: str
    asset_ids: List[str]
    send_at: str
    time_zone: str

class SearchOut(TypedDict, total=False):
    items: List[FoundMessageOut]
    next_cursor: Union[str, None]
    total: Union[int, None]
    is_total_exact: bool
    rooms: List[FoundRoomOut]
    users: List[AuthorOut]
    others: List[FoundOtherOut]
    left_out: List[str]

class SearchQuery(TypedDict, total=False):
    org: str
    q: str
    sort: Literal['relevance', 'newest']
    limit: int
    cursor: Union[str, None]

class SecondFactorOut(TypedDict, total=False):
    enabled: bool
    confirmed_at: Union[str, None]
    recovery_codes_left: int
    required_by: List[str]
    methods: List[Literal['app', 'passkey', 'recovery_code']]

class SecondFactorRemovalIn(TypedDict, total=False):
    otp: str
    passkey: Union[UsedCredentialIn, None]
    password: Union[str, None]

class SentOut(TypedDict, total=False):
    message: Union[MessageOut, None]
    failure: Union[Literal['deactivated', 'second_factor', 'room_gone', 'not_member', 'archived', 'thread_gone', 'file_gone', 'refused'], None]

class SessionOut(TypedDict, total=False):
    id: str
    kind: Literal['browser', 'token']
    ip_address: Union[str, None]
    user_agent: str
    last_activity: Union[str, None]
    created_at: str
    current: bool

class ShareLinkIn(TypedDict, total=False):
    expires_at: Union[str, None]
    assignees: Literal['hidden', 'initials', 'names']
    shows_descriptions: bool

class ShareLinkOut(TypedDict, total=False):
    url: str
    expires_at: Union[str, None]
    assignees: Literal['hidden', 'initials', 'names']
    shows_descriptions: bool
    created_at: str
    updated_at: str

class SignupIn(TypedDict, total=False):
    email: str
    password: str
    name: str
    username: Union[str, None]
    invitation: Union[str, None]

Sort = Literal['newest', 'name', 'size']

class StateCounts(TypedDict, total=False):
    waiting: int
    delayed: int
    running: int
    done: int
    failed: int
    cancelled: int

class StatisticsOut(TypedDict, total=False):
    days: List[DayOut]
    weeks: List[WeekOut]
    cycle_time: CycleTimeOut
    open_by_assignee: List[OpenByAssigneeOut]

class StatisticsQuery(TypedDict, total=False):
    days: int

class StatusIn(TypedDict, total=False):
    emoji: str
    text: str
    expires_at: Union[str, None]

class StatusOut(TypedDict, total=False):
    emoji: str
    text: str
    expires_at: Union[str, None]

class StorageOut(TypedDict, total=False):
    used: int
    quota: Union[int, None]
    by_kind: List[KindUseOut]
    by_user: List[OwnerUseOut]

class SuggestionList(TypedDict, total=False):
    items: List[SuggestionOut]

class SuggestionOut(TypedDict, total=False):
    kind: Literal['user', 'group', 'room', 'here']
    handle: str
    id: Union[str, None]
    name: Union[str, None]
    avatar_url: Union[str, None]
    is_in_room: bool
    user_count: int

SystemAuditFilters = TypedDict("SystemAuditFilters", {"user": Union[str, None], "action": Union[Literal['create', 'update', 'delete'], None], "table": Union[str, None], "record": Union[str, None], "from": Union[str, None], "to": Union[str, None], "q": Union[str, None], "organisation": Union[str, None]}, total=False)

class SystemMessageOut(TypedDict, total=False):
    id: str
    room_id: str
    type: Literal['system']
    code: Literal['joined', 'added', 'left', 'removed', 'renamed', 'topic_changed', 'archived', 'unarchived']
    content: str
    actor: Union[PersonOut, None]
    users: List[PersonOut]
    user_count: int
    before: str
    after: str
    created_at: str

class TaskChangeOut(TypedDict, total=False):
    task_id: str
    version: int
    field: str
    before: Any
    after: Any
    actor: Union[UserOut, None]
    created_at: str

class TaskChoice(TypedDict, total=False):
    task_ids: List[str]

class TaskCounts(TypedDict, total=False):
    pending: int
    in_progress: int
    completed: int

class TaskIn(TypedDict, total=False):
    description: str
    status: Literal['pending', 'in_progress', 'completed']
    column_id: Union[str, None]
    priority: Literal['none', 'low', 'medium', 'high', 'urgent']
    assignee_ids: List[str]
    label_ids: List[str]
    start_date: Union[str, None]
    start_at: Union[str, None]
    due_date: Union[str, None]
    due_at: Union[str, None]
    time_zone: str
    estimate: Union[int, None]
    parent_id: Union[str, None]
    external_id: Union[str, None]
    recurrence: str
    repetition: Literal['completion', 'due']
    snoozed_until: Union[str, None]
    title: str

class TaskLabelOut(TypedDict, total=False):
    id: str
    name: str
    color: str

class TaskMove(TypedDict, total=False):
    column_id: Union[str, None]
    after_id: Union[str, None]
    before_id: Union[str, None]

class TaskOfMessageIn(TypedDict, total=False):
    project_id: Union[str, None]
    title: Union[str, None]

class TaskOut(TypedDict, total=False):
    id: str
    project_id: str
    key: str
    number: int
    version: int
    title: str
    description: str
    status: Literal['pending', 'in_progress', 'completed']
    column_id: Union[str, None]
    position: str
    priority: Literal['none', 'low', 'medium', 'high', 'urgent']
    owner: Union[UserOut, None]
    assignees: List[UserOut]
    labels: List[TaskLabelOut]
    start_date: Union[str, None]
    start_at: Union[str, None]
    due_date: Union[str, None]
    due_at: Union[str, None]
    estimate: Union[int, None]
    time_spent: int
    parent_id: Union[str, None]
    subtask_count: int
    completed_subtask_count: int
    attachment_count: int
    comment_count: int
    message_id: Union[str, None]
    external_id: Union[str, None]
    recurrence: str
    repetition: Literal['completion', 'due']
    snoozed_until: Union[str, None]
    started_at: Union[str, None]
    completed_at: Union[str, None]
    created_at: str
    updated_at: str

class TaskPage(TypedDict, total=False):
    items: List[TaskOut]
    next_cursor: Union[str, None]
    total: int

class TaskPatch(TypedDict, total=False):
    description: str
    status: Literal['pending', 'in_progress', 'completed']
    column_id: Union[str, None]
    priority: Literal['none', 'low', 'medium', 'high', 'urgent']
    assignee_ids: List[str]
    label_ids: List[str]
    start_date: Union[str, None]
    start_at: Union[str, None]
    due_date: Union[str, None]
    due_at: Union[str, None]
    time_zone: str
    estimate: Union[int, None]
    parent_id: Union[str, None]
    external_id: Union[str, None]
    recurrence: str
    repetition: Literal['completion', 'due']
    snoozed_until: Union[str, None]
    title: str
    version: int

class TaskQuery(TypedDict, total=False):
    limit: int
    cursor: Union[str, None]
    q: str
    status: List[Literal['pending', 'in_progress', 'completed']]
    column_id: List[str]
    assignee: List[Union[Literal['me', 'none'], str]]
    label: List[str]
    priority: List[Literal['none', 'low', 'medium', 'high', 'urgent']]
    creator: Union[Literal['me'], str, None]
    parent_id: Union[Literal['none'], str, None]
    due: Union[Literal['overdue', 'today', 'week', 'none', 'any'], None]
    due_after: Union[str, None]
    due_before: Union[str, None]
    triage: Union[bool, None]
    snoozed: Union[bool, None]
    since: Union[int, None]
    sort: Literal['number', 'title', 'due', 'priority', 'created', 'updated', 'position']
    descending: bool

class TaskReferenceOut(TypedDict, total=False):
    id: str
    project_id: str
    key: str
    title: str
    status: Literal['pending', 'in_progress', 'completed']
    message_id: Union[str, None]

class TaskReferences(TypedDict, total=False):
    items: List[TaskReferenceOut]

class TasksMove(TypedDict, total=False):
    task_ids: List[str]
    column_id: Union[str, None]
    after_id: Union[str, None]
    before_id: Union[str, None]

class TasksPatch(TypedDict, total=False):
    task_ids: List[str]
    changes: TaskPatch

class ThreadMark(TypedDict, total=False):
    root_id: str
    before: int
    after: int

class ThreadOut(TypedDict, total=False):
    reply_count: int
    last_seq: int
    last_reply_at: Union[str, None]
    participant_ids: List[str]

class ThreadPageOut(TypedDict, total=False):
    items: List[MessageOut]
    next_cursor: Union[str, None]
    root: MessageOut
    thread: ThreadStateOut

class ThreadReadIn(TypedDict, total=False):
    seq: int

class ThreadReadOut(TypedDict, total=False):
    unread: int
    mentions: int

class ThreadStateOut(TypedDict, total=False):
    root_id: str
    room_id: str
    last_seq: int
    is_following: bool
    last_read_seq: Union[int, None]
    unread: int

class TickIn(TypedDict, total=False):
    done: bool

class TimeEntryIn(TypedDict, total=False):
    started_at: str
    seconds: int
    note: str

class TimeEntryOut(TypedDict, total=False):
    id: str
    task_id: str
    user: UserOut
    started_at: str
    ended_at: Union[str, None]
    seconds: int
    note: str

class TimeEntryPage(TypedDict, total=False):
    items: List[TimeEntryOut]
    next_cursor: Union[str, None]
    time_spent: int

class TimeEntryPatch(TypedDict, total=False):
    started_at: str
    seconds: int
    note: str

class TokenOut(TypedDict, total=False):
    access_token: str
    refresh_token: str
    token_type: Literal['Bearer']
    expires_at: str

class UndoIn(TypedDict, total=False):
    read_at: str

class UnreadCount(TypedDict, total=False):
    unread: int

class UsedCredentialIn(TypedDict, total=False):
    id: str
    rawId: str
    type: Literal['public-key']
    authenticatorAttachment: Union[Literal['platform', 'cross-platform'], None]
    response: UsedResponse

class UsedResponse(TypedDict, total=False):
    clientDataJSON: str
    authenticatorData: str
    signature: str
    userHandle: Union[str, None]

class UserFilters(TypedDict, total=False):
    q: str
    role: Union[Literal['user', 'admin'], None]
    status: Union[Literal['active', 'inactive'], None]
    kind: Union[Literal['human', 'agent'], None]
    second_factor: Union[Literal['on', 'off'], None]

class UserOut(TypedDict, total=False):
    id: str
    email: Union[str, None]
    username: str
    name: str
    kind: Literal['human', 'agent']
    avatar_url: Union[str, None]
    presence: Literal['online', 'away', 'busy', 'offline']
    status: Union[StatusOut, None]

class UserSummaryOut(TypedDict, total=False):
    id: str
    name: str
    username: str
    kind: Literal['human', 'agent']
    avatar_url: Union[str, None]

class WatchOut(TypedDict, total=False):
    is_watching: bool
    watcher_count: int

class WatcherOut(TypedDict, total=False):
    user: UserOut

class WeekOut(TypedDict, total=False):
    monday: str
    completed: int

class Operations(Transport):
    """All operations, by their ids in the schema."""

    def list_all_audit_entries(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, user: Optional[Union[str, None]] = None, action: Optional[Union[Literal['create', 'update', 'delete'], None]] = None, table: Optional[Union[str, None]] = None, record: Optional[Union[str, None]] = None, from_: Optional[Union[str, None]] = None, to: Optional[Union[str, None]] = None, q: Optional[Union[str, None]] = None, organisation: Optional[Union[str, None]] = None) -> PageAuditEntryOut:
        """List all audit entries, newest first, those of users and their sign-ins too. For system administrators."""
        return self.call("GET", "/admin/audit", query={"limit": limit, "cursor": cursor, "user": user, "action": action, "table": table, "record": record, "from": from_, "to": to, "q": q, "organisation": organisation})

    def list_jobs(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, state: Optional[Union[JobState, None]] = None, kind: Optional[Union[str, None]] = None) -> PageJobOut:
        """List background work, newest first: what waits, is delayed, runs, is done, has failed or was cancelled."""
        return self.call("GET", "/admin/jobs", query={"limit": limit, "cursor": cursor, "state": state, "kind": kind})

    def get_job_statistics(self) -> JobStatisticsOut:
        """Count all jobs by state, and those of the last day by kind, hour by hour. Kinds may be 15 seconds old."""
        return self.call("GET", "/admin/jobs/statistics")

    def cancel_job(self, job_id: str) -> JobOut:
        """Cancel a job that waits. One that runs goes on."""
        return self.call("POST", f"/admin/jobs/{quote(job_id)}/cancel")

    def retry_job(self, job_id: str) -> JobOut:
        """Let a job that has failed, was cancelled or is delayed run now, with all its attempts."""
        return self.call("POST", f"/admin/jobs/{quote(job_id)}/retry")

    def list_users(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, q: Optional[str] = None, role: Optional[Union[Literal['user', 'admin'], None]] = None, status: Optional[Union[Literal['active', 'inactive'], None]] = None, kind: Optional[Union[Literal['human', 'agent'], None]] = None, second_factor: Optional[Union[Literal['on', 'off'], None]] = None, format: Optional[Literal['json', 'csv']] = None) -> Any:
        """List all users in the order they signed up; with `format=csv` all of them at once, for a spreadsheet."""
        return self.call("GET", "/admin/users", query={"limit": limit, "cursor": cursor, "q": q, "role": role, "status": status, "kind": kind, "second_factor": second_factor, "format": format})

    def create_user(self, body: ManagedUserIn) -> ManagedUserOut:
        """Create an account for a user. Without a password they get a mail with a link to choose one."""
        return self.call("POST", "/admin/users", body=body)

    def get_user(self, user_id: str) -> ManagedUserOut:
        """Get the account of a user or an agent."""
        return self.call("GET", f"/admin/users/{quote(user_id)}")

    def update_user(self, user_id: str, body: ManagedUserPatch) -> ManagedUserOut:
        """Change the fields that are given. One system administrator remains (409); agents are not changed here (403)."""
        return self.call("PATCH", f"/admin/users/{quote(user_id)}", body=body)

    def activate_user(self, user_id: str) -> ManagedUserOut:
        """Let a user who was locked out sign in again."""
        return self.call("POST", f"/admin/users/{quote(user_id)}/activate")

    def deactivate_user(self, user_id: str) -> ManagedUserOut:
        """Lock a user out at once, everywhere. What they wrote stays. Refused (409) for the last system administrator, and
        for the last owner of an organisation with other members.
        """
        return self.call("POST", f"/admin/users/{quote(user_id)}/deactivate")

    def sign_user_out(self, user_id: str) -> None:
        """End all sessions and tokens of a user, personal ones too; they may sign in again."""
        return self.call("POST", f"/admin/users/{quote(user_id)}/sign-out")

    def take_second_factor_away(self, user_id: str) -> None:
        """Remove the second factor of a user who has lost app and recovery codes: their password alone signs them in."""
        return self.call("DELETE", f"/admin/users/{quote(user_id)}/two-factor")

    def delete_announcement(self, announcement_id: str) -> None:
        """Take an announcement back: it goes from the notifications of all members. For administrators."""
        return self.call("DELETE", f"/announcements/{quote(announcement_id)}")

    def list_files(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, org: Optional[Union[str, None]] = None, kind: Optional[Union[Literal['image', 'video', 'audio', 'pdf', 'text', 'document', 'archive', 'other'], None]] = None, owner: Optional[Union[Literal['me'], str, None]] = None, room: Optional[Union[str, None]] = None, q: Optional[str] = None, before: Optional[Union[str, None]] = None, after: Optional[Union[str, None]] = None, sort: Optional[Literal['newest', 'name', 'size']] = None) -> PageAssetOut:
        """List the files that you see: your own, and those in messages of rooms that you see. All filters narrow the list.

        A room that you don't see holds no files for you.
        """
        return self.call("GET", "/assets", query={"limit": limit, "cursor": cursor, "org": org, "kind": kind, "owner": owner, "room": room, "q": q, "before": before, "after": after, "sort": sort})

    def delete_file(self, asset_id: str) -> None:
        """Delete a file: it is gone from all messages at once. For who has uploaded it, and for administrators."""
        return self.call("DELETE", f"/assets/{quote(asset_id)}")

    def get_file(self, asset_id: str) -> AssetOut:
        """Show a file that you see: your own, or one in a message of your rooms."""
        return self.call("GET", f"/assets/{quote(asset_id)}")

    def update_file(self, asset_id: str, body: AssetPatch) -> AssetOut:
        """Rename a file of yours, or say what a picture shows."""
        return self.call("PATCH", f"/assets/{quote(asset_id)}", body=body)

    def get_asset_content(self, asset_id: str, *, download: Optional[bool] = None) -> bytes:
        """Get the bytes of a file, or a part of them by `Range`. Pictures, sound, video and PDFs are shown by browsers, all
        else is saved, as with `download`. Whether you may see it is asked each time.
        """
        return self.call("GET", f"/assets/{quote(asset_id)}/content", query={"download": download})

    def get_asset_thumbnail(self, asset_id: str, *, size: Optional[Literal['small', 'large']] = None) -> bytes:
        """Get a picture of a file: of at most 360 pixels a side, or 1600. 404 where there is none, or none yet."""
        return self.call("GET", f"/assets/{quote(asset_id)}/thumbnail", query={"size": size})

    def sign_in_with_passkey(self, body: PasskeySignInIn) -> TokenOut:
        """Exchange the answer of a passkey for an access token and a refresh token. No second factor is asked for.

        The passkey has verified its user, by a fingerprint or a PIN.
        """
        return self.call("POST", "/auth/passkey", body=body)

    def begin_passkey_sign_in(self) -> Dict[str, Any]:
        """Return the options for `navigator.credentials.get()`, with binary values in base64url.

        They hold for ten minutes and once, for any passkey of this server.
        """
        return self.call("POST", "/auth/passkey/options")

    def check_password(self, body: PasswordCheckIn) -> PasswordCheckOut:
        """List the reasons to refuse a password, as text; none for a good one. The password is not stored."""
        return self.call("POST", "/auth/password-check", body=body)

    def list_providers(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageProviderOut:
        """List the providers that users may sign in with, such as Google. `url` is a page for a browser: it leads to the
        provider and back, and signs in the browser.
        """
        return self.call("GET", "/auth/providers", query={"limit": limit, "cursor": cursor})

    def sign_up(self, body: SignupIn) -> MeOut:
        """Create an account. Without a username, one is made from the name. Some installations ask for an `invitation`.

        The first account of an empty server is its system administrator, where addresses have to be confirmed the first
        one that is, and needs no invitation.

        Where addresses have to be confirmed before the first sign-in, an address that has an account gets the same answer,
        and its owner a mail.
        """
        return self.call("POST", "/auth/signup", body=body)

    def sign_in(self, body: CredentialsIn) -> TokenOut:
        """Exchange e-mail address and password for an access token of an hour and a refresh token of 30 days.

        With a second factor it takes `otp` too: a code from the app, or a recovery code. The `code` of a 401 tells apart
        `otp_required` and `otp_invalid`. With `otp_required` come the `methods` of the user, of which `passkey` is for
        browsers: see `/auth/passkey`.
        """
        return self.call("POST", "/auth/token", body=body)

    def refresh_tokens(self, body: RefreshIn) -> TokenOut:
        """Exchange a refresh token for a new pair. It works once: using it again revokes all tokens of that sign-in.

        For ten seconds the client that used it can repeat the request, as tabs that wake up together do, and gets another
        pair.
        """
        return self.call("POST", "/auth/token/refresh", body=body)

    def revoke_tokens(self) -> None:
        """Sign out: revoke the tokens of this sign-in, or end the browser's session, and close its sockets."""
        return self.call("POST", "/auth/token/revoke")

    def get_avatar(self, name: str) -> bytes:
        """Get the picture that a user's `avatar_url` leads to, as WebP. For users who share an organisation with them."""
        return self.call("GET", f"/avatars/{quote(name)}")

    def delete_column(self, column_id: str, *, move_to: Optional[Union[str, None]] = None) -> None:
        """Delete a column. Its tasks go to the end of the column `move_to` and get its status; without one it is refused.

        One column of `pending` and one of `completed` stay (409).
        """
        return self.call("DELETE", f"/columns/{quote(column_id)}", query={"move_to": move_to})

    def update_column(self, column_id: str, body: ColumnPatch) -> ColumnOut:
        """Rename a column, move it before or behind another one, or give it and its tasks another status.

        One column of `pending` and one of `completed` stay as they are (409).
        """
        return self.call("PATCH", f"/columns/{quote(column_id)}", body=body)

    def delete_custom_emoji(self, emoji_id: str) -> None:
        """Delete an emoji: messages and reactions show its name instead. For who has added it, and administrators."""
        return self.call("DELETE", f"/emoji/{quote(emoji_id)}")

    def update_custom_emoji(self, emoji_id: str, body: EmojiPatch) -> EmojiOut:
        """Replace the further names of an emoji. For the user who has added it, and administrators."""
        return self.call("PATCH", f"/emoji/{quote(emoji_id)}", body=body)

    def get_emoji_image(self, emoji_id: str) -> bytes:
        """Get the picture of an emoji, as WebP. For members of its organisation."""
        return self.call("GET", f"/emoji/{quote(emoji_id)}/image")

    def delete_group(self, group_id: str) -> None:
        """Delete a group. For who has created it, and administrators."""
        return self.call("DELETE", f"/groups/{quote(group_id)}")

    def get_group(self, group_id: str) -> GroupOut:
        """Return a group of users."""
        return self.call("GET", f"/groups/{quote(group_id)}")

    def update_group(self, group_id: str, body: GroupPatch) -> GroupOut:
        """Change the name or the handle of a group. For who has created it, and administrators."""
        return self.call("PATCH", f"/groups/{quote(group_id)}", body=body)

    def list_group_members(self, group_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageGroupMemberOut:
        """List the members of a group in the order in which they were added."""
        return self.call("GET", f"/groups/{quote(group_id)}/members", query={"limit": limit, "cursor": cursor})

    def remove_group_member(self, group_id: str, user_id: str) -> None:
        """Remove a member from a group. For who has created it, administrators, and the member."""
        return self.call("DELETE", f"/groups/{quote(group_id)}/members/{quote(user_id)}")

    def add_group_member(self, group_id: str, user_id: str) -> None:
        """Add a member of the organisation to a group. For who has created it, and administrators."""
        return self.call("PUT", f"/groups/{quote(group_id)}/members/{quote(user_id)}")

    def read_health(self) -> HealthOut:
        """Check the health of the server, without authentication.

        503 when the database or Redis (`channel_layer`) does not answer, a disk is full, or migrations wait to be
        applied.
        """
        return self.call("GET", "/health")

    def delete_import(self, import_id: str) -> None:
        """Forget an import of yours with its file. One that is under way stops; what it has stored already stays."""
        return self.call("DELETE", f"/imports/{quote(import_id)}")

    def get_import(self, import_id: str) -> ImportOut:
        """Show how far an import of yours is, and its report. What is taken over is decided when it begins."""
        return self.call("GET", f"/imports/{quote(import_id)}")

    def read_invitation(self, token: str) -> InvitationPreview:
        """Show where an invitation leads, to every client that has its token, signed in or not."""
        return self.call("GET", f"/invitations/{quote(token)}")

    def accept_invitation(self, token: str) -> OrganisationOut:
        """Join the organisation that an invitation leads to. A member keeps the role they have."""
        return self.call("POST", f"/invitations/{quote(token)}/accept")

    def decline_invitation(self, token: str) -> None:
        """Decline an invitation for your own address: its link is dead, and the audit log says so.

        A link without an address serves everyone who has it, and stays: 409.
        """
        return self.call("POST", f"/invitations/{quote(token)}/decline")

    def delete_label(self, label_id: str) -> None:
        """Delete a label, and take it from the tasks that have it."""
        return self.call("DELETE", f"/labels/{quote(label_id)}")

    def update_label(self, label_id: str, body: LabelPatch) -> LabelOut:
        """Rename a label, or give it another colour."""
        return self.call("PATCH", f"/labels/{quote(label_id)}", body=body)

    def get_preview_image(self, preview_id: str) -> bytes:
        """Get the picture that the `image_url` of a preview leads to, as WebP. For users who see a message with it."""
        return self.call("GET", f"/link-previews/{quote(preview_id)}/image")

    def get_me(self) -> MeOut:
        """Get your own account, with what only you may see."""
        return self.call("GET", "/me")

    def update_me(self, body: MeIn) -> MeOut:
        """Change the fields that are given. `metadata` merges by its top-level keys; a key set to null is removed."""
        return self.call("PATCH", "/me", body=body)

    def remove_avatar(self) -> MeOut:
        """Remove your picture: initials stand for it again."""
        return self.call("DELETE", "/me/avatar")

    def list_bookmarks(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, org: Optional[Union[str, None]] = None, room: Optional[Union[str, None]] = None) -> PageBookmarkOut:
        """List your saved messages that you can still see, saved last first; of one organisation or room where given."""
        return self.call("GET", "/me/bookmarks", query={"limit": limit, "cursor": cursor, "org": org, "room": room})

    def revoke_calendar_feed(self) -> None:
        """Revoke the address at which calendars read your tasks."""
        return self.call("DELETE", "/me/calendar-feed")

    def get_calendar_feed(self) -> CalendarFeedOut:
        """Tell whether there is an address at which calendars read your tasks."""
        return self.call("GET", "/me/calendar-feed")

    def open_calendar_feed(self) -> OpenedFeedOut:
        """Make an address at which calendars read your tasks, shown this once. The one before stops working."""
        return self.call("POST", "/me/calendar-feed")

    def list_linked_accounts(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageLinkedAccountOut:
        """List your accounts at providers that sign you in, the first linked first.

        Linking another account takes a browser, since the provider asks there who you are: `/settings/connections/`.
        """
        return self.call("GET", "/me/connections", query={"limit": limit, "cursor": cursor})

    def delete_linked_account(self, account_id: int) -> None:
        """Unlink an account at a provider: it no longer signs you in. Refused (409, `last_way_in`) where you have neither a
        password nor another linked account.
        """
        return self.call("DELETE", f"/me/connections/{quote(account_id)}")

    def list_drafts(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, org: Optional[Union[str, None]] = None) -> PageDraftOut:
        """List your drafts of all devices, the one saved last first; of one organisation where given.

        Those in rooms that you have left are among them.
        """
        return self.call("GET", "/me/drafts", query={"limit": limit, "cursor": cursor, "org": org})

    def change_address(self, body: AddressIn) -> None:
        """Ask for another e-mail address. It replaces the present one once you follow the link that is mailed to it."""
        return self.call("PUT", "/me/email", body=body)

    def list_awaiting_invitations(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageAwaitingInvitationOut:
        """List the open invitations for your own e-mail address, once it is confirmed, newest first."""
        return self.call("GET", "/me/invitations", query={"limit": limit, "cursor": cursor})

    def accept_awaiting_invitation(self, invitation_id: str) -> OrganisationOut:
        """Join the organisation that an invitation for your own confirmed address leads to."""
        return self.call("POST", f"/me/invitations/{quote(invitation_id)}/accept")

    def decline_awaiting_invitation(self, invitation_id: str) -> None:
        """Decline an invitation for your own confirmed address: its link is dead, and the audit log says so."""
        return self.call("POST", f"/me/invitations/{quote(invitation_id)}/decline")

    def list_login_attempts(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageLoginAttemptOut:
        """List all attempts to sign in as the user, by any method, newest first. None can be changed or deleted."""
        return self.call("GET", "/me/login-attempts", query={"limit": limit, "cursor": cursor})

    def get_notification_settings(self) -> NotificationSettingsOut:
        """Get what reaches you how, your keywords, your quiet hours, and when what is unread is mailed."""
        return self.call("GET", "/me/notification-settings")

    def update_notification_settings(self, body: NotificationSettingsPatch) -> NotificationSettingsOut:
        """Change the settings that are given, all or none. They hold in all of your organisations.

        What a room is set to (`/rooms/{id}/me`) is obeyed before them. Your own sockets hear `notification.settings`.
        """
        return self.call("PATCH", "/me/notification-settings", body=body)

    def list_passkeys(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PagePasskeyOut:
        """List your passkeys, oldest first."""
        return self.call("GET", "/me/passkeys", query={"limit": limit, "cursor": cursor})

    def finish_passkey(self, body: PasskeyIn) -> NewPasskeyOut:
        """Add the passkey that a browser has created with the options of `/me/passkeys/registration`.

        As the first second factor it ends all other sessions of the user and comes with recovery codes, shown this once.
        """
        return self.call("POST", "/me/passkeys", body=body)

    def begin_passkey(self, body: PasskeyRegistrationIn) -> Dict[str, Any]:
        """Return the options for `navigator.credentials.create()`, with binary values in base64url.

        They hold for ten minutes and once, at the domain of this request. The password is required of a user who has one;
        of another, `otp` or `passkey` where they have a second factor already.
        """
        return self.call("POST", "/me/passkeys/registration", body=body)

    def begin_passkey_verification(self) -> Dict[str, Any]:
        """Return the options for `navigator.credentials.get()`, whose answer stands in for a code where one is required."""
        return self.call("POST", "/me/passkeys/verification")

    def remove_passkey(self, passkey_id: str, body: PasskeyRemovalIn) -> None:
        """Remove a passkey of yours: it signs in no more. With the last factor two-factor authentication is off.

        It requires the password; of a user without one, `otp` or `passkey`.
        """
        return self.call("DELETE", f"/me/passkeys/{quote(passkey_id)}", body=body)

    def rename_passkey(self, passkey_id: str, body: PasskeyPatch) -> PasskeyOut:
        """Rename a passkey of yours."""
        return self.call("PATCH", f"/me/passkeys/{quote(passkey_id)}", body=body)

    def change_password(self, body: PasswordIn) -> None:
        """Change the user's password. All their other sessions end; personal tokens keep working."""
        return self.call("POST", "/me/password", body=body)

    def send_password_link(self) -> None:
        """Mail the user a link to set a password without the current one. For users of a provider, who have none."""
        return self.call("POST", "/me/password/link")

    def list_push_subscriptions(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PagePushSubscriptionOut:
        """List the user's browsers that get pushes, newest first."""
        return self.call("GET", "/me/push-subscriptions", query={"limit": limit, "cursor": cursor})

    def save_push_subscription(self, body: PushSubscriptionIn) -> PushSubscriptionOut:
        """Subscribe a browser to pushes, or renew that: browsers send what they have with each page.

        It ends with the session. A user can have 20: with one more, the one that was renewed first ends. What `renews` one
        that was turned off is refused as `turned_off`, and the browser ends it too.
        """
        return self.call("POST", "/me/push-subscriptions", body=body)

    def get_push_key(self) -> PushKeyOut:
        """Return the server's public key, `applicationServerKey` of a browser's subscription (VAPID)."""
        return self.call("GET", "/me/push-subscriptions/key")

    def test_push_subscriptions(self) -> PushTestOut:
        """Send a push to all of the user's browsers. The list says later where it has arrived."""
        return self.call("POST", "/me/push-subscriptions/test")

    def delete_push_subscription(self, subscription_id: str) -> None:
        """End the pushes to one of the user's browsers."""
        return self.call("DELETE", f"/me/push-subscriptions/{quote(subscription_id)}")

    def test_push_subscription(self, subscription_id: str) -> PushTestOut:
        """Send a push to one of the user's browsers. The list says later whether it has arrived."""
        return self.call("POST", f"/me/push-subscriptions/{quote(subscription_id)}/test")

    def list_reminders(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, org: Optional[Union[str, None]] = None) -> PageReminderOut:
        """List your reminders: those that you were told of, the latest first, then those to come, the next first."""
        return self.call("GET", "/me/reminders", query={"limit": limit, "cursor": cursor, "org": org})

    def list_scheduled(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, org: Optional[Union[str, None]] = None) -> PageScheduledOut:
        """List your messages that are to be sent later: those that could not be sent first, then by time."""
        return self.call("GET", "/me/scheduled", query={"limit": limit, "cursor": cursor, "org": org})

    def list_sessions(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageSessionOut:
        """List the user's active sessions, of browsers and of REST clients, newest first."""
        return self.call("GET", "/me/sessions", query={"limit": limit, "cursor": cursor})

    def end_session(self, session_id: str) -> None:
        """End a session of the user: it is signed out at once, and its sockets close."""
        return self.call("DELETE", f"/me/sessions/{quote(session_id)}")

    def list_my_tasks(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, q: Optional[str] = None, status: Optional[List[Literal['pending', 'in_progress', 'completed']]] = None, column_id: Optional[List[str]] = None, assignee: Optional[List[Union[Literal['me', 'none'], str]]] = None, label: Optional[List[str]] = None, priority: Optional[List[Literal['none', 'low', 'medium', 'high', 'urgent']]] = None, creator: Optional[Union[Literal['me'], str, None]] = None, parent_id: Optional[Union[Literal['none'], str, None]] = None, due: Optional[Union[Literal['overdue', 'today', 'week', 'none', 'any'], None]] = None, due_after: Optional[Union[str, None]] = None, due_before: Optional[Union[str, None]] = None, triage: Optional[Union[bool, None]] = None, snoozed: Optional[Union[bool, None]] = None, since: Optional[Union[int, None]] = None, sort: Optional[Literal['number', 'title', 'due', 'priority', 'created', 'updated', 'position']] = None, descending: Optional[bool] = None, org: Optional[str] = None) -> TaskPage:
        """List the tasks that you are an assignee of, in all projects that you see, archived ones left out.

        `org` narrows them to one organisation; `due` and days go by the time zone of your account.
        """
        return self.call("GET", "/me/tasks", query={"limit": limit, "cursor": cursor, "q": q, "status": status, "column_id": column_id, "assignee": assignee, "label": label, "priority": priority, "creator": creator, "parent_id": parent_id, "due": due, "due_after": due_after, "due_before": due_before, "triage": triage, "snoozed": snoozed, "since": since, "sort": sort, "descending": descending, "org": org})

    def read_calendar(self, *, key: str, tasks: Optional[bool] = None) -> None:
        """Return the tasks that the user of a key is to do as an iCalendar file: those that are due on a day.

        They are events; with `tasks=true` they are tasks (VTODO) too. No sign-in is asked for: the key is enough.
        """
        return self.call("GET", "/me/tasks.ics", query={"key": key, "tasks": tasks})

    def list_personal_tokens(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PagePersonalTokenOut:
        """List the user's active personal tokens, newest first."""
        return self.call("GET", "/me/tokens", query={"limit": limit, "cursor": cursor})

    def create_personal_token(self, body: PersonalTokenIn) -> NewPersonalTokenOut:
        """Create a personal token with scopes. `token` is shown this once. A user can have 50; no token creates another.

        It survives a change of password, and ends when it is revoked, expires, or its user is deactivated.
        """
        return self.call("POST", "/me/tokens", body=body)

    def revoke_personal_token(self, token_id: str) -> None:
        """Revoke a personal token: requests with it are refused from now on, and its sockets close."""
        return self.call("DELETE", f"/me/tokens/{quote(token_id)}")

    def remove_second_factor(self, body: SecondFactorRemovalIn) -> None:
        """Remove the authenticator app with a code or a passkey. A `password`, where given, must be right.

        Sign-ins go on asking for a passkey where there are any. Else the second factor is off, which is refused while an
        organisation of the user requires one.
        """
        return self.call("DELETE", "/me/two-factor", body=body)

    def get_second_factor(self) -> SecondFactorOut:
        """Return the status of the user's second factor.

        It tells whether a sign-in requires a code, how many recovery codes are left, and which organisations require it.
        """
        return self.call("GET", "/me/two-factor")

    def begin_second_factor(self) -> EnrolmentOut:
        """Create a secret for an authenticator app. It takes effect once a code from the app has confirmed it."""
        return self.call("POST", "/me/two-factor")

    def confirm_second_factor(self, body: ConfirmationIn) -> RecoveryCodesOut:
        """Turn the authenticator app on with a first code.

        A user who has passkeys already sends their `password` too; without one, `passkey` or `recovery_code`.
        As the first factor it ends all other sessions of the user and comes with recovery codes, which are shown this once.
        """
        return self.call("POST", "/me/two-factor/confirm", body=body)

    def regenerate_recovery_codes(self, body: ProofIn) -> RecoveryCodesOut:
        """Replace the recovery codes by ten new ones. It requires a code or a passkey; the old codes stop working."""
        return self.call("POST", "/me/two-factor/recovery-codes", body=body)

    def send_verification(self) -> None:
        """Mail the link again that confirms your address, or the new address that you asked for."""
        return self.call("POST", "/me/verification")

    def delete_message(self, message_id: str) -> None:
        """Delete a message; a tombstone stays. Authors may delete their own messages, admins of the room any."""
        return self.call("DELETE", f"/messages/{quote(message_id)}")

    def get_message(self, message_id: str) -> MessageOut:
        """Return one message; a deleted one as a tombstone."""
        return self.call("GET", f"/messages/{quote(message_id)}")

    def edit_message(self, message_id: str, body: MessagePatch) -> PostedOut:
        """Edit a message of your own. The earlier content stays readable as a revision."""
        return self.call("PATCH", f"/messages/{quote(message_id)}", body=body)

    def remove_attachment(self, message_id: str, asset_id: str) -> MessageOut:
        """Remove a file from a message of your own. One without a text is deleted with its last file."""
        return self.call("DELETE", f"/messages/{quote(message_id)}/assets/{quote(asset_id)}")

    def remove_bookmark(self, message_id: str) -> None:
        """Remove a message from those you saved. Where it was not saved this changes nothing."""
        return self.call("DELETE", f"/messages/{quote(message_id)}/bookmark")

    def bookmark_message(self, message_id: str) -> None:
        """Save a message for yourself. No other user can see it, and you need not be able to write in its room."""
        return self.call("PUT", f"/messages/{quote(message_id)}/bookmark")

    def forward_message(self, message_id: str, body: ForwardIn) -> MessageOut:
        """Post a copy of a message to a room or a user of its organisation; a `comment` is posted before it.

        The copy says who wrote it (`forwarded`). Later edits of the message leave the copy as it is; with the message it is
        deleted. Repeating a `client_id` answers 200 with the first copy.
        """
        return self.call("POST", f"/messages/{quote(message_id)}/forward", body=body)

    def unpin_message(self, message_id: str) -> MessageOut:
        """Unpin a message, no matter which member pinned it."""
        return self.call("DELETE", f"/messages/{quote(message_id)}/pin")

    def pin_message(self, message_id: str) -> MessageOut:
        """Pin a message in its room. All members who can write there may."""
        return self.call("PUT", f"/messages/{quote(message_id)}/pin")

    def remove_preview(self, message_id: str, index: int) -> MessageOut:
        """Remove one of the previews below a message of your own, counted from 0. It stays away after edits."""
        return self.call("DELETE", f"/messages/{quote(message_id)}/previews/{quote(index)}")

    def remove_reaction(self, message_id: str, emoji: str) -> MessageOut:
        """Take your own emoji back. Where there is none this changes nothing."""
        return self.call("DELETE", f"/messages/{quote(message_id)}/reactions/{quote(emoji)}")

    def add_reaction(self, message_id: str, emoji: str) -> MessageOut:
        """Put an emoji under a message, at most 20 different ones by all users together. Repeating it changes nothing."""
        return self.call("PUT", f"/messages/{quote(message_id)}/reactions/{quote(emoji)}")

    def list_readers(self, message_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageUserOut:
        """List the members who have read up to a message, its author left out, in the order in which they joined the room.

        Of a reply in a thread alone: those who follow the thread. 403 with the code `read_receipts_off` where the
        organisation shows no readers.
        """
        return self.call("GET", f"/messages/{quote(message_id)}/readers", query={"limit": limit, "cursor": cursor})

    def remove_message_reminder(self, message_id: str) -> None:
        """Delete your reminder of a message. Where there is none this changes nothing."""
        return self.call("DELETE", f"/messages/{quote(message_id)}/reminder")

    def remind_of_message(self, message_id: str, body: MessageReminderIn) -> ReminderOut:
        """Be reminded of a message at a time, instead of an earlier one. Only your own sockets hear of it.

        At that time you get a notification, which leads to the message; it says so where the message was deleted or you no
        longer see it. `reminder.saved` tells of it too, and `reminder.deleted` once you are done.
        """
        return self.call("PUT", f"/messages/{quote(message_id)}/reminder", body=body)

    def report_message(self, message_id: str, body: ReportIn) -> ReportedOut:
        """Report a message of another user to the administrators of its organisation. Its author is not told.

        They see the message as it is now, and your reason. Again, before they have dealt with it, it answers 200 with your
        first report.
        """
        return self.call("POST", f"/messages/{quote(message_id)}/report", body=body)

    def list_revisions(self, message_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageRevisionOut:
        """List the contents of a message before its edits, oldest first. A deleted message is not found."""
        return self.call("GET", f"/messages/{quote(message_id)}/revisions", query={"limit": limit, "cursor": cursor})

    def create_task_of_message(self, message_id: str, body: TaskOfMessageIn) -> TaskOut:
        """Make a task of a message (201). A second time the answer is the same task (200)."""
        return self.call("POST", f"/messages/{quote(message_id)}/task", body=body)

    def tick_task(self, message_id: str, index: int, body: TickIn) -> MessageOut:
        """Tick a box of a task list (`- [ ] Tea`) in your own message, or take the tick away.

        The message gets a new version, and counts as edited no more than before. Ticks at the same time all stay. 409 with
        the code `message_changed` where other edits come faster.
        """
        return self.call("PUT", f"/messages/{quote(message_id)}/tasks/{quote(index)}", body=body)

    def list_replies(self, message_id: str, *, before: Optional[Union[int, None]] = None, after: Optional[Union[int, None]] = None, around: Optional[Union[int, None]] = None, cursor: Optional[Union[str, None]] = None, limit: Optional[int] = None) -> ThreadPageOut:
        """List the replies to a message in ascending `thread_seq`: the newest page, or one `before`, `after`, `around` one.

        `next_cursor` is the next `before` (with `after`, the next `after`), null at the end. As `cursor`, beside the
        parameters of the first page, it stands for either. A message that is itself a reply has no thread: 404.
        """
        return self.call("GET", f"/messages/{quote(message_id)}/thread", query={"before": before, "after": after, "around": around, "cursor": cursor, "limit": limit})

    def unfollow_thread(self, message_id: str) -> None:
        """Stop following a thread. When you write in it or are mentioned there, you follow it again."""
        return self.call("DELETE", f"/messages/{quote(message_id)}/thread/follow")

    def follow_thread(self, message_id: str) -> ThreadStateOut:
        """Follow a thread: it is in your inbox when another user replies. You need to be in its room."""
        return self.call("PUT", f"/messages/{quote(message_id)}/thread/follow")

    def mark_thread_read(self, message_id: str, body: ThreadReadIn) -> ThreadReadOut:
        """Move your read mark in a thread that you follow. It may go back. Where you don't follow it nothing changes."""
        return self.call("PUT", f"/messages/{quote(message_id)}/thread/read", body=body)

    def list_my_notifications(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, unread: Optional[bool] = None, mentions: Optional[bool] = None, room: Optional[Union[str, None]] = None, org: Optional[Union[str, None]] = None) -> PageNotificationOut:
        """List your notifications, the newest first: only those not read, that mention you, of a room or an organisation.

        What you may no longer see is left out, so that a page may hold less than its limit.
        """
        return self.call("GET", "/notifications", query={"limit": limit, "cursor": cursor, "unread": unread, "mentions": mentions, "room": room, "org": org})

    def read_all_notifications(self) -> ReadAllOut:
        """Mark all of your notifications as read. `read_at` is what undoes it; null where nothing was unread."""
        return self.call("POST", "/notifications/read-all")

    def undo_read_all_notifications(self, body: UndoIn) -> UnreadCount:
        """Take `read-all` back: mark as not read what it has marked, by the time that it answered."""
        return self.call("POST", "/notifications/read-all/undo", body=body)

    def count_my_unread_notifications(self) -> UnreadCount:
        """Count the notifications that you have not read, in all organisations."""
        return self.call("GET", "/notifications/unread-count")

    def get_notification(self, notification_id: str) -> NotificationOut:
        """Show one of your notifications."""
        return self.call("GET", f"/notifications/{quote(notification_id)}")

    def unread_notification(self, notification_id: str) -> NotificationOut:
        """Mark one of your notifications as not read."""
        return self.call("DELETE", f"/notifications/{quote(notification_id)}/read")

    def read_notification(self, notification_id: str) -> NotificationOut:
        """Mark one of your notifications as read, on all of your devices. Repeating it changes nothing."""
        return self.call("PUT", f"/notifications/{quote(notification_id)}/read")

    def list_organisations(self, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageOrganisationOut:
        """List the organisations that you are a member of, in the order you joined them."""
        return self.call("GET", "/orgs", query={"limit": limit, "cursor": cursor})

    def create_organisation(self, body: OrganisationIn) -> OrganisationOut:
        """Create an organisation, with you as its owner and a `general` room. A slug is made from the name unless given."""
        return self.call("POST", "/orgs", body=body)

    def delete_organisation(self, slug: str) -> None:
        """Delete an organisation with all its rooms and messages, for ever. For owners."""
        return self.call("DELETE", f"/orgs/{quote(slug)}")

    def get_organisation(self, slug: str) -> OrganisationOut:
        """Get an organisation that you are a member of."""
        return self.call("GET", f"/orgs/{quote(slug)}")

    def update_organisation(self, slug: str, body: OrganisationPatch) -> OrganisationOut:
        """Rename an organisation, or set what holds for all its members and messages. For owners and administrators.

        The slug stays.
        """
        return self.call("PATCH", f"/orgs/{quote(slug)}", body=body)

    def list_announcements(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageAnnouncementOut:
        """List what the administrators of an organisation have told all of its members, the newest first."""
        return self.call("GET", f"/orgs/{quote(slug)}/announcements", query={"limit": limit, "cursor": cursor})

    def create_announcement(self, slug: str, body: AnnouncementIn) -> AnnouncementOut:
        """Tell all members of an organisation something: it is in each one's notifications. For its administrators."""
        return self.call("POST", f"/orgs/{quote(slug)}/announcements", body=body)

    def list_audit_entries(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, user: Optional[Union[str, None]] = None, action: Optional[Union[Literal['create', 'update', 'delete'], None]] = None, table: Optional[Union[str, None]] = None, record: Optional[Union[str, None]] = None, from_: Optional[Union[str, None]] = None, to: Optional[Union[str, None]] = None, q: Optional[Union[str, None]] = None) -> PageAuditEntryOut:
        """List the audit entries of an organisation, newest first. For its owners and administrators."""
        return self.call("GET", f"/orgs/{quote(slug)}/audit", query={"limit": limit, "cursor": cursor, "user": user, "action": action, "table": table, "record": record, "from": from_, "to": to, "q": q})

    def list_custom_emoji(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageEmojiOut:
        """List the emoji that members of an organisation have added, the oldest first."""
        return self.call("GET", f"/orgs/{quote(slug)}/emoji", query={"limit": limit, "cursor": cursor})

    def list_groups(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageGroupOut:
        """List the groups of users of an organisation, the oldest first. Not for guests."""
        return self.call("GET", f"/orgs/{quote(slug)}/groups", query={"limit": limit, "cursor": cursor})

    def create_group(self, slug: str, body: GroupIn) -> GroupOut:
        """Create a group of users with yourself in it. Its handle is no member's username, and no word like `room`.

        For all members but guests.
        """
        return self.call("POST", f"/orgs/{quote(slug)}/groups", body=body)

    def list_invitations(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageInvitationOut:
        """List the invitations of an organisation that still work, newest first. For owners and administrators.

        Invitations to become an owner are shown to owners alone.
        """
        return self.call("GET", f"/orgs/{quote(slug)}/invitations", query={"limit": limit, "cursor": cursor})

    def create_invitation(self, slug: str, body: InvitationIn) -> InvitationOut:
        """Create an invitation link. With an e-mail address it is mailed there and good once, else it serves every user who
        has it. For owners and administrators; only owners invite owners.
        """
        return self.call("POST", f"/orgs/{quote(slug)}/invitations", body=body)

    def revoke_invitation(self, slug: str, invitation_id: str) -> None:
        """Revoke an invitation: its link is dead at once. For owners and administrators."""
        return self.call("DELETE", f"/orgs/{quote(slug)}/invitations/{quote(invitation_id)}")

    def resend_invitation(self, slug: str, invitation_id: str) -> InvitationOut:
        """Mail an open invitation to its address again; it then works for a week from now at least.

        For owners and administrators. A link that is for anyone was mailed to nobody: 409.
        """
        return self.call("POST", f"/orgs/{quote(slug)}/invitations/{quote(invitation_id)}/resend")

    def list_organisation_members(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, q: Optional[str] = None, role: Optional[Union[Literal['owner', 'admin', 'member', 'guest'], None]] = None, kind: Optional[Union[Literal['human', 'agent'], None]] = None, second_factor: Optional[Union[Literal['on', 'off'], None]] = None, format: Optional[Literal['json', 'csv']] = None) -> Any:
        """List the members of an organisation in the order they joined; guests see those they share a room with.

        Owners and administrators see e-mail addresses too, and with `format=csv` get all at once, for a spreadsheet.
        """
        return self.call("GET", f"/orgs/{quote(slug)}/members", query={"limit": limit, "cursor": cursor, "q": q, "role": role, "kind": kind, "second_factor": second_factor, "format": format})

    def remove_organisation_member(self, slug: str, user_id: str) -> None:
        """End a membership: your own to leave, others' as owner or administrator. The last owner can't leave (409)."""
        return self.call("DELETE", f"/orgs/{quote(slug)}/members/{quote(user_id)}")

    def get_organisation_member(self, slug: str, user_id: str) -> MemberProfileOut:
        """Return a member of an organisation and their time zone; guests see those they share a room with."""
        return self.call("GET", f"/orgs/{quote(slug)}/members/{quote(user_id)}")

    def change_organisation_member_role(self, slug: str, user_id: str, body: MemberPatch) -> MemberOut:
        """Change the role of a member. For owners and administrators; only owners make or unmake owners."""
        return self.call("PATCH", f"/orgs/{quote(slug)}/members/{quote(user_id)}", body=body)

    def list_mentions(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, unread: Optional[bool] = None) -> PageMentionOut:
        """List the messages of others that mention you, the newest message first; only those not read yet if `unread`.

        By your name or by all at once, in the rooms of an organisation that you are in.
        """
        return self.call("GET", f"/orgs/{quote(slug)}/mentions", query={"limit": limit, "cursor": cursor, "unread": unread})

    def get_notification_defaults(self, slug: str) -> NotificationDefaultsOut:
        """Get what an organisation suggests to members who have not chosen otherwise. For owners and administrators."""
        return self.call("GET", f"/orgs/{quote(slug)}/notification-defaults")

    def update_notification_defaults(self, slug: str, body: NotificationDefaultsPatch) -> NotificationDefaultsOut:
        """Change what an organisation suggests, and whether its mails say what messages say. Members may choose otherwise.

        For owners and administrators.
        """
        return self.call("PATCH", f"/orgs/{quote(slug)}/notification-defaults", body=body)

    def list_projects(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, state: Optional[Literal['active', 'archived', 'all', 'deleted']] = None, q: Optional[str] = None) -> PageProjectOut:
        """List the projects that you can see, by default the active ones, the oldest first."""
        return self.call("GET", f"/orgs/{quote(slug)}/projects", query={"limit": limit, "cursor": cursor, "state": state, "q": q})

    def create_project(self, slug: str, body: ProjectIn) -> ProjectOut:
        """Create a project with its first channel, three columns, and you as its owner. Not for guests."""
        return self.call("POST", f"/orgs/{quote(slug)}/projects", body=body)

    def mark_all_read(self, slug: str) -> MovedMarks:
        """Mark all your rooms of an organisation as read, and all threads that you follow there.

        The answer tells which of your read marks were moved; with it `POST /orgs/{slug}/read/undo` moves them back.
        """
        return self.call("POST", f"/orgs/{quote(slug)}/read")

    def undo_mark_all_read(self, slug: str, body: MovedMarks) -> MovedMarks:
        """Move your read marks back to where they were before you marked all as read. The answer tells which were.

        A mark that has moved since stays where it is.
        """
        return self.call("POST", f"/orgs/{quote(slug)}/read/undo", body=body)

    def remind_of_note(self, slug: str, body: ReminderIn) -> ReminderOut:
        """Be reminded of what you note, at a time; 200 reminders may be kept."""
        return self.call("POST", f"/orgs/{quote(slug)}/reminders", body=body)

    def list_reports(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, state: Optional[Union[Literal['open', 'resolved', 'dismissed'], None]] = None) -> PageReportOut:
        """List the messages that members have reported, the newest report first. For owners and administrators."""
        return self.call("GET", f"/orgs/{quote(slug)}/reports", query={"limit": limit, "cursor": cursor, "state": state})

    def list_rooms(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, browse: Optional[bool] = None, q: Optional[str] = None, show: Optional[Literal['all', 'unjoined', 'archived']] = None, sort: Optional[Literal['name', 'activity']] = None) -> Union[PageBrowsedRoomOut, PageMyRoomOut]:
        """List your rooms, archived ones too, with what is unread in them; with `browse=true` the channels you may join.

        These may be searched (`q`), narrowed (`show`) and sorted (`sort`): by name, or the one written in last first.
        """
        return self.call("GET", f"/orgs/{quote(slug)}/rooms", query={"limit": limit, "cursor": cursor, "browse": browse, "q": q, "show": show, "sort": sort})

    def create_room(self, slug: str, body: RoomIn) -> RoomOut:
        """Open a channel (open to the organisation) or a group (invited members only). Guests may open groups only."""
        return self.call("POST", f"/orgs/{quote(slug)}/rooms", body=body)

    def open_direct_room(self, slug: str, body: DirectIn) -> RoomOut:
        """Open the direct room of you and these users: 200 when it was there, 201 when it is new."""
        return self.call("POST", f"/orgs/{quote(slug)}/rooms/direct", body=body)

    def show_storage(self, slug: str) -> StorageOut:
        """Show how much an organisation has stored, by kind and by user. For its owners and administrators."""
        return self.call("GET", f"/orgs/{quote(slug)}/storage")

    def list_task_references(self, slug: str, *, keys: Optional[str] = None, message_ids: Optional[str] = None) -> TaskReferences:
        """Tell what tasks with these keys are called and how far they are, and those that were made of these messages.

        What you can't see is left out, as what there isn't.
        """
        return self.call("GET", f"/orgs/{quote(slug)}/task-references", query={"keys": keys, "message_ids": message_ids})

    def suggest_tasks(self, slug: str, *, q: Optional[str] = None, limit: Optional[int] = None) -> TaskReferences:
        """Find tasks by a piece of their title, by key or number: your own open ones first, then the latest changed."""
        return self.call("GET", f"/orgs/{quote(slug)}/task-suggestions", query={"q": q, "limit": limit})

    def list_threads(self, slug: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, unread: Optional[bool] = None) -> PageFollowedThreadOut:
        """List the threads that you follow, the one replied to last first; only those with unread replies if `unread`."""
        return self.call("GET", f"/orgs/{quote(slug)}/threads", query={"limit": limit, "cursor": cursor, "unread": unread})

    def get_project_picture(self, name: str) -> bytes:
        """Get the picture that a project's `picture_url` leads to, as WebP. For users who can see the project."""
        return self.call("GET", f"/project-pictures/{quote(name)}")

    def delete_project(self, project_id: str) -> None:
        """Take a project, its tasks and its channels from everybody. Admins only; it can be restored for 30 days."""
        return self.call("DELETE", f"/projects/{quote(project_id)}")

    def get_project(self, project_id: str) -> ProjectOut:
        """Return a project that you can see."""
        return self.call("GET", f"/projects/{quote(project_id)}")

    def update_project(self, project_id: str, body: ProjectPatch) -> ProjectOut:
        """Change a project. For its admins, and those of the organisation who see it."""
        return self.call("PATCH", f"/projects/{quote(project_id)}", body=body)

    def archive_project(self, project_id: str) -> ProjectOut:
        """Close a project and all its channels for writing; everything stays readable. Admins only."""
        return self.call("POST", f"/projects/{quote(project_id)}/archive")

    def list_columns(self, project_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageColumnOut:
        """List the columns of a project in their order."""
        return self.call("GET", f"/projects/{quote(project_id)}/columns", query={"limit": limit, "cursor": cursor})

    def create_column(self, project_id: str, body: ColumnIn) -> ColumnOut:
        """Add a column to a project that you are in, before or behind another one, by default at the end."""
        return self.call("POST", f"/projects/{quote(project_id)}/columns", body=body)

    def duplicate_project(self, project_id: str, body: ProjectCopy) -> ProjectOut:
        """Create a project with the description, columns, labels and tasks of one that you see; up to 2,000 tasks.

        Tasks keep title, description, priority, labels, estimate and what they are part of; who does them, when, and what
        was said of them stays behind. Not for guests.
        """
        return self.call("POST", f"/projects/{quote(project_id)}/duplicate", body=body)

    def export_project_tasks(self, project_id: str) -> bytes:
        """Return all tasks of a project as CSV, for a spreadsheet or another system."""
        return self.call("GET", f"/projects/{quote(project_id)}/export.csv")

    def list_labels(self, project_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageLabelOut:
        """List the labels of a project, the oldest first."""
        return self.call("GET", f"/projects/{quote(project_id)}/labels", query={"limit": limit, "cursor": cursor})

    def create_label(self, project_id: str, body: LabelIn) -> LabelOut:
        """Add a label to a project that you are in."""
        return self.call("POST", f"/projects/{quote(project_id)}/labels", body=body)

    def list_project_members(self, project_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageRoomMemberOut:
        """List the members of a project in the order in which they joined."""
        return self.call("GET", f"/projects/{quote(project_id)}/members", query={"limit": limit, "cursor": cursor})

    def add_project_member(self, project_id: str, body: RoomMemberIn) -> RoomMemberOut:
        """Add a member of the organisation to a project that you are in. Only admins appoint admins."""
        return self.call("POST", f"/projects/{quote(project_id)}/members", body=body)

    def remove_project_member(self, project_id: str, user_id: str) -> None:
        """Remove a member from a project and all its channels. Admins only."""
        return self.call("DELETE", f"/projects/{quote(project_id)}/members/{quote(user_id)}")

    def update_project_member(self, project_id: str, user_id: str, body: RoomMemberPatch) -> RoomMemberOut:
        """Make a member an admin of the project, or a plain member again. Admins only, and one always remains."""
        return self.call("PATCH", f"/projects/{quote(project_id)}/members/{quote(user_id)}", body=body)

    def remove_project_picture(self, project_id: str) -> ProjectOut:
        """Remove the picture of a project. Admins only."""
        return self.call("DELETE", f"/projects/{quote(project_id)}/picture")

    def restore_project(self, project_id: str) -> ProjectOut:
        """Restore a deleted project for those of its members who are still in the organisation.

        For who deleted or owned it, and administrators of the organisation: `?state=deleted` lists them.
        """
        return self.call("POST", f"/projects/{quote(project_id)}/restore")

    def revoke_share_link(self, project_id: str) -> None:
        """Revoke the link to the board of a project. Admins only."""
        return self.call("DELETE", f"/projects/{quote(project_id)}/share-link")

    def get_share_link(self, project_id: str) -> ShareLinkOut:
        """Return the link by which anyone can read the board of a project; 404 where there is none. Admins only."""
        return self.call("GET", f"/projects/{quote(project_id)}/share-link")

    def save_share_link(self, project_id: str, body: ShareLinkIn) -> ShareLinkOut:
        """Make the link to the board of a project, or change what it shows and until when it works. Admins only.

        Whoever has it reads the board without signing in: columns, and of tasks number, title, labels, priority and due
        date. The address stays as it is; 403 where the organisation forbids share links.
        """
        return self.call("PUT", f"/projects/{quote(project_id)}/share-link", body=body)

    def renew_share_link(self, project_id: str) -> ShareLinkOut:
        """Give the link to the board of a project another address. The one before stops working. Admins only."""
        return self.call("POST", f"/projects/{quote(project_id)}/share-link/renew")

    def get_statistics(self, project_id: str, *, days: Optional[int] = None, format: Optional[Literal['json', 'csv']] = None) -> Any:
        """Return the numbers of a project behind its plots, day by day; with `format=csv` the days for a spreadsheet."""
        return self.call("GET", f"/projects/{quote(project_id)}/statistics", query={"days": days, "format": format})

    def list_tasks(self, project_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None, q: Optional[str] = None, status: Optional[List[Literal['pending', 'in_progress', 'completed']]] = None, column_id: Optional[List[str]] = None, assignee: Optional[List[Union[Literal['me', 'none'], str]]] = None, label: Optional[List[str]] = None, priority: Optional[List[Literal['none', 'low', 'medium', 'high', 'urgent']]] = None, creator: Optional[Union[Literal['me'], str, None]] = None, parent_id: Optional[Union[Literal['none'], str, None]] = None, due: Optional[Union[Literal['overdue', 'today', 'week', 'none', 'any'], None]] = None, due_after: Optional[Union[str, None]] = None, due_before: Optional[Union[str, None]] = None, triage: Optional[Union[bool, None]] = None, snoozed: Optional[Union[bool, None]] = None, since: Optional[Union[int, None]] = None, sort: Optional[Literal['number', 'title', 'due', 'priority', 'created', 'updated', 'position']] = None, descending: Optional[bool] = None) -> TaskPage:
        """List the tasks of a project that a query asks for, with how many there are: by number, unless sorted."""
        return self.call("GET", f"/projects/{quote(project_id)}/tasks", query={"limit": limit, "cursor": cursor, "q": q, "status": status, "column_id": column_id, "assignee": assignee, "label": label, "priority": priority, "creator": creator, "parent_id": parent_id, "due": due, "due_after": due_after, "due_before": due_before, "triage": triage, "snoozed": snoozed, "since": since, "sort": sort, "descending": descending})

    def create_task(self, project_id: str, body: TaskIn) -> TaskOut:
        """Create a task. It gets the project's next number, and the end of the first column of its status."""
        return self.call("POST", f"/projects/{quote(project_id)}/tasks", body=body)

    def save_tasks(self, project_id: str, body: BulkIn) -> BulkOut:
        """Create tasks, and change those with an `id`, up to 500 in their order: 201, all or none of them.

        With a `version`, a field that others have changed since is refused with 409 `fields_changed` and all that they
        have changed. With `all_or_none` false each that can be saved is: 200, and `errors` says why the others are not.
        """
        return self.call("POST", f"/projects/{quote(project_id)}/tasks/bulk", body=body)

    def upsert_task(self, project_id: str, external_id: str, body: TaskPatch) -> TaskOut:
        """Create the task with this id of another system (201), or change it (200). One that was deleted is restored."""
        return self.call("PUT", f"/projects/{quote(project_id)}/tasks/by-external-id/{quote(external_id)}", body=body)

    def delete_tasks(self, project_id: str, body: TaskChoice) -> None:
        """Delete tasks with their sub-tasks, all or none. They can be restored."""
        return self.call("POST", f"/projects/{quote(project_id)}/tasks/delete", body=body)

    def move_tasks(self, project_id: str, body: TasksMove) -> BulkOut:
        """Put tasks into a column in the given order: below or above another task, or at the end. All or none."""
        return self.call("POST", f"/projects/{quote(project_id)}/tasks/move", body=body)

    def read_task_from_text(self, project_id: str, *, text: str) -> QuickTaskOut:
        """Return what a line means, without creating a task."""
        return self.call("GET", f"/projects/{quote(project_id)}/tasks/quick", query={"text": text})

    def add_task_from_text(self, project_id: str, body: QuickTaskIn) -> TaskOut:
        """Create a task from one line with labels, people, a priority, a day and an estimate in it.

        Words are English or German: `today`, `morgen`, `friday`, `1 Dec`, `2026-12-01`, `!high`, `!hoch`.
        """
        return self.call("POST", f"/projects/{quote(project_id)}/tasks/quick", body=body)

    def update_tasks(self, project_id: str, body: TasksPatch) -> BulkOut:
        """Make the same changes to many tasks, all or none."""
        return self.call("POST", f"/projects/{quote(project_id)}/tasks/update", body=body)

    def unarchive_project(self, project_id: str) -> ProjectOut:
        """Open an archived project and the channels that were archived with it. Admins only."""
        return self.call("POST", f"/projects/{quote(project_id)}/unarchive")

    def list_saved_views(self, project_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageSavedViewOut:
        """List the views of a project by name: those that you have saved, and those that others share."""
        return self.call("GET", f"/projects/{quote(project_id)}/views", query={"limit": limit, "cursor": cursor})

    def create_saved_view(self, project_id: str, body: SavedViewIn) -> SavedViewOut:
        """Save filters by name, for yourself or shared with all who see the project."""
        return self.call("POST", f"/projects/{quote(project_id)}/views", body=body)

    def delete_saved_view(self, project_id: str, view_id: str) -> None:
        """Delete a view that you have saved; administrators of the project delete shared ones too."""
        return self.call("DELETE", f"/projects/{quote(project_id)}/views/{quote(view_id)}")

    def get_saved_view(self, project_id: str, view_id: str) -> SavedViewOut:
        """Return a view of your own, or one that is shared."""
        return self.call("GET", f"/projects/{quote(project_id)}/views/{quote(view_id)}")

    def update_saved_view(self, project_id: str, view_id: str, body: SavedViewPatch) -> SavedViewOut:
        """Change a view that you have saved; administrators of the project change shared ones too."""
        return self.call("PATCH", f"/projects/{quote(project_id)}/views/{quote(view_id)}", body=body)

    def finish_reminder(self, reminder_id: str) -> None:
        """Delete a reminder of yours, which you are done with."""
        return self.call("DELETE", f"/reminders/{quote(reminder_id)}")

    def change_reminder(self, reminder_id: str, body: ReminderPatch) -> ReminderOut:
        """Move a reminder of yours to another time, also one that you were told of; or change its note."""
        return self.call("PATCH", f"/reminders/{quote(reminder_id)}", body=body)

    def dismiss_report(self, report_id: str) -> ReportOut:
        """Close a report about which nothing is to be done. For owners and administrators."""
        return self.call("POST", f"/reports/{quote(report_id)}/dismiss")

    def resolve_report(self, report_id: str, body: ResolutionIn) -> ReportOut:
        """Close a report as dealt with, and delete its message if wanted. For owners and administrators.

        409 with the code `report_closed` where another has closed it.
        """
        return self.call("POST", f"/reports/{quote(report_id)}/resolve", body=body)

    def get_room_picture(self, name: str) -> bytes:
        """Get the picture that a room's `picture_url` leads to, as WebP. For users who can see the room."""
        return self.call("GET", f"/room-pictures/{quote(name)}")

    def delete_room(self, room_id: str) -> None:
        """Delete a room with everything said in it. Admins only; there is no way back."""
        return self.call("DELETE", f"/rooms/{quote(room_id)}")

    def get_room(self, room_id: str) -> Union[MyRoomOut, RoomOut]:
        """Return a room that you can see; one that you are in with your read mark."""
        return self.call("GET", f"/rooms/{quote(room_id)}")

    def update_room(self, room_id: str, body: RoomPatch) -> RoomOut:
        """Rename a room, change its topic or emoji, or choose whether what happens in it is told there. Admins only."""
        return self.call("PATCH", f"/rooms/{quote(room_id)}", body=body)

    def archive_room(self, room_id: str) -> RoomOut:
        """Close a room for writing; it stays readable. Admins only."""
        return self.call("POST", f"/rooms/{quote(room_id)}/archive")

    def list_changes(self, room_id: str, *, since: int, limit: Optional[int] = None) -> ChangesOut:
        """List messages created, edited, deleted (a tombstone), reacted to or pinned after a version, oldest change first.

        Ask again with the answered `version` while `has_more`. `reset`: the client is ahead of the room and starts over.
        """
        return self.call("GET", f"/rooms/{quote(room_id)}/changes", query={"since": since, "limit": limit})

    def list_room_commands(self, room_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageCommandOut:
        """List the commands that you may run in a room, by name."""
        return self.call("GET", f"/rooms/{quote(room_id)}/commands", query={"limit": limit, "cursor": cursor})

    def run_room_command(self, room_id: str, body: CommandIn) -> OutcomeOut:
        """Run the command that a text begins with, as the composer does. An unknown one is refused with 422, never posted.

        A command posts a message, which everybody gets, or answers with a `notice` for you alone. A personal token needs
        the scope of what the command does too, such as `rooms:write` for `/topic`. Messages that are posted to
        `/rooms/{id}/messages` are never read as commands.
        """
        return self.call("POST", f"/rooms/{quote(room_id)}/commands", body=body)

    def delete_draft(self, room_id: str, *, thread_id: Optional[Union[str, None]] = None, saved_until: Optional[Union[str, None]] = None) -> None:
        """Delete your draft for a room, or for a thread of it. Where there is none this changes nothing.

        With `saved_until`, the `updated_at` that you know, one that was saved later stays.
        """
        return self.call("DELETE", f"/rooms/{quote(room_id)}/draft", query={"thread_id": thread_id, "saved_until": saved_until})

    def get_draft(self, room_id: str, *, thread_id: Optional[Union[str, None]] = None) -> DraftOut:
        """Show what you have typed in a room, or in a thread of it, and not sent; 404 where that is nothing."""
        return self.call("GET", f"/rooms/{quote(room_id)}/draft", query={"thread_id": thread_id})

    def save_draft(self, room_id: str, body: DraftIn) -> DraftOut:
        """Keep what you have typed in a room, or in a thread of it. The draft that was saved last wins.

        With `seen_asset_ids`, what your other devices have done to its files meanwhile stays. Its files are kept as long as
        it is, and may be all of it. Only your own sockets hear of it: `draft.saved`, also when one of its files looks
        different, and `draft.deleted` when it is gone.
        """
        return self.call("PUT", f"/rooms/{quote(room_id)}/draft", body=body)

    def add_group_to_room(self, room_id: str, group_id: str) -> BroughtOut:
        """Add all members of a group to a room that you are in. Who joins the group later is not added."""
        return self.call("PUT", f"/rooms/{quote(room_id)}/groups/{quote(group_id)}")

    def join_room(self, room_id: str) -> RoomOut:
        """Join a channel that is not archived. Joining a room that you are in changes nothing."""
        return self.call("POST", f"/rooms/{quote(room_id)}/join")

    def leave_room(self, room_id: str) -> None:
        """Leave a channel or a group. The general channel and direct rooms can't be left."""
        return self.call("POST", f"/rooms/{quote(room_id)}/leave")

    def get_own_settings(self, room_id: str) -> OwnSettingsOut:
        """Return your own settings of a room that you are in. Nobody else sees them."""
        return self.call("GET", f"/rooms/{quote(room_id)}/me")

    def update_own_settings(self, room_id: str, body: OwnSettingsPatch) -> OwnSettingsOut:
        """Make a room that you are in a favourite, mute it, or choose what of it counts. Nobody else is told.

        In a muted room nothing but mentions of you counts, until `muted_until`, for ever with 9999-01-01T00:00:00Z. The
        level says what counts otherwise: `all` messages, `mentions` alone, or `nothing`.
        """
        return self.call("PATCH", f"/rooms/{quote(room_id)}/me", body=body)

    def list_room_members(self, room_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageRoomMemberOut:
        """List the members of a room in the order in which they joined."""
        return self.call("GET", f"/rooms/{quote(room_id)}/members", query={"limit": limit, "cursor": cursor})

    def add_room_member(self, room_id: str, body: RoomMemberIn) -> RoomMemberOut:
        """Add a member of the organisation to a room. Only admins appoint admins."""
        return self.call("POST", f"/rooms/{quote(room_id)}/members", body=body)

    def remove_room_member(self, room_id: str, user_id: str) -> None:
        """Remove a member from a room. Admins only. Their sockets hear nothing more of the room."""
        return self.call("DELETE", f"/rooms/{quote(room_id)}/members/{quote(user_id)}")

    def update_room_member(self, room_id: str, user_id: str, body: RoomMemberPatch) -> RoomMemberOut:
        """Make a member an admin of the room, or a plain member again. Admins only, and one always remains."""
        return self.call("PATCH", f"/rooms/{quote(room_id)}/members/{quote(user_id)}", body=body)

    def suggest_mentions(self, room_id: str, *, q: Optional[str] = None, thread_id: Optional[Union[str, None]] = None) -> SuggestionList:
        """Suggest whom a message may mention: at most eight users whose username or name has a word that begins with `q`.

        Who is in the room comes first, and who wrote there last, or in the thread `thread_id`. `@room` and `@here` are
        among them, with how many users each tells.
        """
        return self.call("GET", f"/rooms/{quote(room_id)}/mention-suggestions", query={"q": q, "thread_id": thread_id})

    def list_messages(self, room_id: str, *, before: Optional[Union[int, None]] = None, after: Optional[Union[int, None]] = None, around: Optional[Union[int, None]] = None, date: Optional[Union[str, None]] = None, cursor: Optional[Union[str, None]] = None, limit: Optional[int] = None) -> MessageList:
        """List messages in ascending `seq`: the newest page, or the one `before`, `after` or `around` a `seq`.

        With `date` it is around the first message from that day on, in your time zone.

        `next_cursor` is the next `before` (with `after`, the next `after`), null at the end. As `cursor`, beside the
        parameters of the first page, it stands for either.
        """
        return self.call("GET", f"/rooms/{quote(room_id)}/messages", query={"before": before, "after": after, "around": around, "date": date, "cursor": cursor, "limit": limit})

    def post_message(self, room_id: str, body: MessageIn) -> PostedOut:
        """Post a message. Repeating a `client_id` answers 200 with the first message; with another content, 409.

        `@room` (or `@channel`, `@everyone`, `@all`) tells all members of the room at once, without asking back; `@here`
        those with an open socket. In a thread alone they tell its followers. `/rooms/{id}/reach` says how many.
        """
        return self.call("POST", f"/rooms/{quote(room_id)}/messages", body=body)

    def remove_room_picture(self, room_id: str) -> RoomOut:
        """Remove the picture of a room. Admins only."""
        return self.call("DELETE", f"/rooms/{quote(room_id)}/picture")

    def list_pins(self, room_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageMessageOut:
        """List the pinned messages of a room, the latest message first."""
        return self.call("GET", f"/rooms/{quote(room_id)}/pins", query={"limit": limit, "cursor": cursor})

    def count_message_reach(self, room_id: str, body: ReachIn) -> ReachOut:
        """Say how many users `@room` or `@here` in a message would tell, before it is sent. Nothing is stored.

        Posting does not ask back: a client that lets users write asks them first where there are many.
        """
        return self.call("POST", f"/rooms/{quote(room_id)}/reach", body=body)

    def mark_read(self, room_id: str, body: ReadIn) -> ReadOut:
        """Move your read mark to a `seq`. It may go back: that marks what follows as unread."""
        return self.call("PUT", f"/rooms/{quote(room_id)}/read", body=body)

    def schedule_message(self, room_id: str, body: ScheduledIn) -> ScheduledOut:
        """Keep a message to be sent in a room, or in a thread of it, at a time; 100 may wait.

        It is sent once, as you, with the rights that you have then; where you have none it stays here, with the reason, and
        you are told. A text like `/me waves` is posted as it is: commands are not run later. Only your own sockets hear of
        it: `scheduled.saved`, and `scheduled.deleted` when it was sent or deleted.
        """
        return self.call("POST", f"/rooms/{quote(room_id)}/scheduled", body=body)

    def list_system_messages(self, room_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageSystemMessageOut:
        """List what has happened in a room, the latest first: who came and went, its names and topics, and its archiving.

        Empty for a room that wants no system messages (`system_messages`).
        """
        return self.call("GET", f"/rooms/{quote(room_id)}/system-messages", query={"limit": limit, "cursor": cursor})

    def unarchive_room(self, room_id: str) -> RoomOut:
        """Open an archived room again. Admins only."""
        return self.call("POST", f"/rooms/{quote(room_id)}/unarchive")

    def delete_scheduled_message(self, scheduled_id: str) -> None:
        """Delete a message of yours unsent."""
        return self.call("DELETE", f"/scheduled/{quote(scheduled_id)}")

    def change_scheduled_message(self, scheduled_id: str, body: ScheduledPatch) -> ScheduledOut:
        """Change the text, the files or the time of a message of yours.

        With a new time, one that could not be sent waits again.
        """
        return self.call("PATCH", f"/scheduled/{quote(scheduled_id)}", body=body)

    def return_scheduled_message(self, scheduled_id: str) -> DraftOut:
        """Make a message of yours the draft of its room or thread again, above what you have typed there since."""
        return self.call("POST", f"/scheduled/{quote(scheduled_id)}/draft")

    def send_scheduled_message(self, scheduled_id: str) -> SentOut:
        """Send a message of yours at once. Where it is refused it stays, with the reason; `message` is null then."""
        return self.call("POST", f"/scheduled/{quote(scheduled_id)}/send")

    def search_organisation(self, *, org: str, q: Optional[str] = None, sort: Optional[Literal['relevance', 'newest']] = None, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> SearchOut:
        """Search the messages of an organisation that you can see, and its rooms and users.

        `q` holds words, of which pieces are found too, and phrases in quotation marks; a `-` before any of them excludes.
        Filters: `from:bob`, `in:design`, `in:@bob`, `has:link`, `has:code`, `has:reaction`, `has:pin`, `has:thread`,
        `has:file`, `has:image`, `has:video`, `has:audio`, `has:pdf`, `in-file:rent` (a word in the text of a file),
        `is:thread`, `is:unread`, `mentions:me`, `before:`, `after:`, `on:` and `during:` a day, month or year (`2026-03`,
        `yesterday`).
        """
        return self.call("GET", "/search", query={"org": org, "q": q, "sort": sort, "limit": limit, "cursor": cursor})

    def delete_task(self, task_id: str) -> None:
        """Delete a task with its sub-tasks. It can be restored."""
        return self.call("DELETE", f"/tasks/{quote(task_id)}")

    def get_task(self, task_id: str) -> TaskOut:
        """Return a task of a project that you can see."""
        return self.call("GET", f"/tasks/{quote(task_id)}")

    def update_task(self, task_id: str, body: TaskPatch) -> TaskOut:
        """Change fields of a task. Those that you leave out stay as they are.

        With the `version` that you know of, your changes merge with those of others: only a field that somebody else has
        changed since is refused, with 409 and `changes` that say what it was and is.
        """
        return self.call("PATCH", f"/tasks/{quote(task_id)}", body=body)

    def list_attachments(self, task_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageAttachmentOut:
        """List the files of a task, the first attached first."""
        return self.call("GET", f"/tasks/{quote(task_id)}/attachments", query={"limit": limit, "cursor": cursor})

    def attach_files(self, task_id: str, body: AttachmentsIn) -> PageAttachmentOut:
        """Attach files that you have uploaded, or can see, to a task; the answer holds all that it has.

        Whoever sees the task sees them from now on.
        """
        return self.call("POST", f"/tasks/{quote(task_id)}/attachments", body=body)

    def detach_file(self, task_id: str, asset_id: str) -> None:
        """Take a file off a task. The file itself stays where else it stands."""
        return self.call("DELETE", f"/tasks/{quote(task_id)}/attachments/{quote(asset_id)}")

    def list_task_changes(self, task_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageTaskChangeOut:
        """List what was changed of a task, field by field, the latest first."""
        return self.call("GET", f"/tasks/{quote(task_id)}/changes", query={"limit": limit, "cursor": cursor})

    def list_comments(self, task_id: str, *, before: Optional[Union[int, None]] = None, after: Optional[Union[int, None]] = None, cursor: Optional[Union[str, None]] = None, limit: Optional[int] = None) -> CommentPageOut:
        """List comments on a task in ascending `thread_seq`: the newest page, or the one `before` or `after` one.

        They are messages: reactions, edits and files are as in every thread. `next_cursor` is as that of a thread.
        """
        return self.call("GET", f"/tasks/{quote(task_id)}/comments", query={"before": before, "after": after, "cursor": cursor, "limit": limit})

    def add_comment(self, task_id: str, body: CommentIn) -> PostedOut:
        """Comment on a task. You watch it from then on. Repeating a `client_id` answers 200 with the first comment.

        The comment is a reply to the card of the task in the main channel of its project.
        """
        return self.call("POST", f"/tasks/{quote(task_id)}/comments", body=body)

    def reopen_task(self, task_id: str) -> TaskOut:
        """Open a completed task again: it goes back to the column that it came from."""
        return self.call("DELETE", f"/tasks/{quote(task_id)}/completion")

    def complete_task(self, task_id: str) -> TaskOut:
        """Complete a task: it goes into the first column of completed ones, unless it is in one."""
        return self.call("PUT", f"/tasks/{quote(task_id)}/completion")

    def move_task(self, task_id: str, body: TaskMove) -> TaskOut:
        """Put a task into a column: below or above another task, or at the end."""
        return self.call("POST", f"/tasks/{quote(task_id)}/move", body=body)

    def list_relations(self, task_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageRelationOut:
        """List the relations of a task, as it has them, the first made first. Those to tasks that you can't see are not."""
        return self.call("GET", f"/tasks/{quote(task_id)}/relations", query={"limit": limit, "cursor": cursor})

    def relate_tasks(self, task_id: str, body: RelationIn) -> RelationOut:
        """Relate a task to another one that you can see, also of another project; one that exists is answered again.

        What contradicts the relations that there are is refused with 409: two tasks that block each other, over others too.
        """
        return self.call("POST", f"/tasks/{quote(task_id)}/relations", body=body)

    def remove_relation(self, task_id: str, relation_id: str) -> None:
        """Take back a relation of a task."""
        return self.call("DELETE", f"/tasks/{quote(task_id)}/relations/{quote(relation_id)}")

    def restore_task(self, task_id: str) -> TaskOut:
        """Restore a deleted task, with the sub-tasks that were deleted with it."""
        return self.call("POST", f"/tasks/{quote(task_id)}/restore")

    def list_time_entries(self, task_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> TimeEntryPage:
        """List the time spent on a task, the latest entry first, with the sum of all. Running timers are among them."""
        return self.call("GET", f"/tasks/{quote(task_id)}/time-entries", query={"limit": limit, "cursor": cursor})

    def add_time_entry(self, task_id: str, body: TimeEntryIn) -> TimeEntryOut:
        """Enter time that you have spent on a task."""
        return self.call("POST", f"/tasks/{quote(task_id)}/time-entries", body=body)

    def stop_timer(self, task_id: str) -> TimeEntryOut:
        """Stop your timer on a task, and count its whole seconds, those of a day at most. Where none runs: 204."""
        return self.call("DELETE", f"/tasks/{quote(task_id)}/timer")

    def start_timer(self, task_id: str) -> TimeEntryOut:
        """Measure your time on a task from now on. A timer of yours that runs elsewhere stops; one here goes on."""
        return self.call("POST", f"/tasks/{quote(task_id)}/timer")

    def unwatch_task(self, task_id: str) -> None:
        """Watch a task no longer. Where you do not this changes nothing."""
        return self.call("DELETE", f"/tasks/{quote(task_id)}/watch")

    def get_watch(self, task_id: str) -> WatchOut:
        """Return whether you watch a task, and how many do."""
        return self.call("GET", f"/tasks/{quote(task_id)}/watch")

    def watch_task(self, task_id: str) -> WatchOut:
        """Watch a task: you are told when others complete it or open it again.

        Who creates a task, is assigned to it or comments on it watches it anyway.
        """
        return self.call("PUT", f"/tasks/{quote(task_id)}/watch")

    def list_watchers(self, task_id: str, *, limit: Optional[int] = None, cursor: Optional[Union[str, None]] = None) -> PageWatcherOut:
        """List who watches a task, the first to do so first."""
        return self.call("GET", f"/tasks/{quote(task_id)}/watchers", query={"limit": limit, "cursor": cursor})

    def remove_watcher(self, task_id: str, user_id: str) -> None:
        """Let a user watch a task no longer. One who does not is not found: 404."""
        return self.call("DELETE", f"/tasks/{quote(task_id)}/watchers/{quote(user_id)}")

    def add_watcher(self, task_id: str, user_id: str) -> None:
        """Let a member of the project watch a task. Where they do this changes nothing."""
        return self.call("PUT", f"/tasks/{quote(task_id)}/watchers/{quote(user_id)}")

    def delete_time_entry(self, entry_id: str) -> None:
        """Delete an entry of yours, or as an admin of the project any; a timer that is running then never was."""
        return self.call("DELETE", f"/time-entries/{quote(entry_id)}")

    def update_time_entry(self, entry_id: str, body: TimeEntryPatch) -> TimeEntryOut:
        """Change an entry of yours, or as an admin of the project any. The times of one that is running: 409."""
        return self.call("PATCH", f"/time-entries/{quote(entry_id)}", body=body)

    def delete_upload(self, upload_id: str) -> None:
        """Delete an upload. The file of one that was finished stays: `Atrium-Asset` names it."""
        return self.call("DELETE", f"/uploads/{quote(upload_id)}")

    def show_upload(self, upload_id: str) -> None:
        """Tell how far an upload is: `Upload-Offset` of `Upload-Length`. `Atrium-Asset` is the id of the file, once it is
        stored.
        """
        return self.call("HEAD", f"/uploads/{quote(upload_id)}")
