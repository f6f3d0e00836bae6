import type { Generated } from 'kysely';

/** Rows as both databases hold them: text, numbers and JSON text; no booleans, no dates. */
export interface Tables {
  meta: { key: string; value: string };
  collection: { name: string; sample: number; doc: string };
  publication: { id: string; collection: string; doc: string };
  person: { id: string; collection: string; doc: string };
  file: { path: string; collection: string; size: number; modified: number; problems: string };
  question: {
    key: number;
    id: string;
    code: string;
    file: string;
    collection: string;
    publication: string;
    sample: number;
    /** 1: in lists, counts and search; 0: only its notice may be shown (retracted). */
    listed: number;
    date: string;
    hash: string;
    doc: string;
  };
  question_topic: { topic: string; label: string; question: number };
  question_country: { country: string; question: number };
  response: {
    key: number;
    question: number;
    id: string;
    language: string;
    hash: string;
    text: string;
    /** JSON: start, end, start, end … of each sentence. */
    sentences: string;
    doc: string;
  };
  response_person: { person: string; response: number };
  former_text: { question_id: string; response_id: string; hash: string; text: string; replaced_on: string };
  embargo: {
    question_id: string;
    code: string;
    file: string;
    collection: string;
    until: number;
    lifted: number;
    raw: string;
  };
  word: { word: string; sample: number; count: number };
  name: { kind: string; ref: string; sample: number; label: string; count: number; newest: string };
  name_key: { key: string; whole: number; kind: string; ref: string; sample: number; count: number };
  console_channel: { id: string; name: string; created: number; revision: number };
  console_message: {
    id: string;
    channel: string;
    owner: string;
    visibility: 'private' | 'public' | 'withdrawn';
    outcome: string;
    line: string;
    command: string;
    options: string;
    doc: string;
    created: number;
    /** Place in the channel: the revision at which the message appeared there. */
    position: number;
    revision: number;
  };
  /** Listed questions in the order in which they first came into the archive; kept when they change. */
  arrival: { sequence: Generated<number>; question_id: string };
  subscription: {
    id: string;
    platform: string;
    workspace: string;
    channel: string;
    thread: string;
    channel_name: string;
    owner_id: string;
    owner_name: string;
    filter: string;
    cron: string;
    time_zone: string;
    max: number;
    when_empty: string;
    mention: string | null;
    tag: string | null;
    sample: number;
    paused_by: string | null;
    paused_because: string | null;
    created_at: number;
    known_up_to: number | null;
    next_slot: string | null;
    next_at: number | null;
    version: number;
  };
  delivery: {
    subscription: string;
    slot: string;
    platform: string;
    workspace: string;
    channel: string;
    due_at: number;
    state: string;
    not_before: number;
    attempts: number;
    late: number;
    claimed_by: string | null;
    lease_until: number | null;
    digest: string | null;
    external_id: string | null;
    sent_at: number | null;
    reason: string | null;
    corrects: string | null;
  };
  /** What a channel was shown of a question, for what is new and what was corrected since. */
  briefed: { subscription: string; question_id: string; slot: string; briefed_at: number; hash: string; state: string };
  /** Which message shows a question, for corrections of what was sent. */
  posted: { subscription: string; slot: string; question_id: string; hash: string; state: string };
  /** `workspace`: id of the team, or of the organisation that installed it for all its teams. */
  slack_installation: { workspace: string; sealed: string; installed_at: number };
  slack_action: { workspace: string; id: string; doc: string };
  slack_seen: { key: string; at: number };
  slack_thread: { workspace: string; channel: string; thread: string; at: number };
  /** `scope`: id of a server, or “global”. */
  discord_registration: { application: string; scope: string; hash: string };
  discord_action: { id: string; doc: string };
  /** What a delivery shows, and when it was first sent. */
  discord_post: { key: string; hash: string; at: number };
  /** Posted questions that may have changed since. */
  changed_question: { question_id: string };
  feed: {
    id: string;
    url: string;
    title: string;
    decided: string;
    etag: string | null;
    last_modified: string | null;
    next_poll: number;
    polled_at: number | null;
    failures: number;
    failing_since: number | null;
    reason: string | null;
    reported: number;
    ended: string | null;
    claimed_by: string | null;
    lease_until: number | null;
  };
  /** Posts of a feed that were taken in, or tried; `hash` of the text that was. */
  feed_post: { feed: string; guid: string; hash: string | null; tries: number; seen_at: number };
}
