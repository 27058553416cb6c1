// Shapes of assets/openapi.yaml.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Item = { [name: string]: Json };

export interface Account {
  id: number;
  name: string;
  display: string;
  roles: Role[];
  disabled: boolean;
  has_totp: boolean;
  created: string;
  last_seen: string | null;
  password_change_needed: boolean;
}
export type Role = 'editor' | 'reviewer' | 'issuer' | 'operator' | 'auditor' | 'administrator';

export interface SessionState {
  account: Account;
  csrf: string;
  confirmed_until: string | null;
  password_change_needed: boolean;
  totp_needed: boolean;
  expires: string;
}

export interface ItemState {
  id: string;
  body: Item | null;
  sha: string;
  state: 'same' | 'new' | 'changed' | 'removed';
  before: Item | null;
}

export interface SetHead {
  id: number;
  title: string;
  state: 'draft' | 'submitted' | 'reviewed' | 'issued' | 'published' | 'cancelled' | 'dropped';
  strict: boolean;
  author: string;
  editors: string[];
  created: string;
  updated: string;
  changes: number;
  reviews: number;
  reviews_needed: number;
  version: number | null;
  rejected_reason: string | null;
  may: string[];
}

export interface Page {
  name: string;
  board: string;
  kind: string;
  size: string;
  sha256: string;
  now_sha256: string | null;
  state: 'new' | 'changed' | 'same' | 'gone';
}

export interface SetDetail extends SetHead {
  candidate: { content_sha256: string; pages_sha256: string; at: string; pages: Page[] } | null;
  items: { list: string; id: string; state: string; before: Json; after: Json; by: string; at: string }[];
  approvals: {
    stage: 'review' | 'issue';
    by: string;
    decision: string;
    reason: string | null;
    at: string;
    void: boolean;
  }[];
}

export interface Finding {
  pointer: string;
  list: string | null;
  id: string | null;
  field: string | null;
  value: string;
  rule: string;
  level: 'error' | 'warning';
  page: string | null;
  size: string | null;
}

export interface Preview {
  size: string;
  at: string;
  pages: Page[];
  findings: Finding[];
}

export interface Publication {
  version: number;
  set: number;
  title: string;
  state: 'signing' | 'ready' | 'published' | 'superseded' | 'cancelled';
  content_sha256: string;
  pages_sha256: string;
  issued_by: string;
  issued: string;
  published_by: string | null;
  published: string | null;
  threshold: number;
  signatures: { key_id: string; at: string; by: string }[];
  delivery: { where: string; state: string; message: string | null; at: string | null }[];
}

export interface Head {
  seq: number;
  version: number | null;
  hold: boolean;
  alerts: { id: string; screens: string[] }[];
  issued: string;
  expires: string;
  prepared: Item[];
}

export interface ScreenState {
  id: string;
  name: string;
  tags: string[];
  fingerprint: string;
  paired: string;
  paired_by: string;
  revoked: boolean;
  state: 'current' | 'behind' | 'stale' | 'dark' | 'never_seen' | 'revoked';
  why: string;
  last_report: string | null;
  report: Item | null;
  picture: { asked: string | null; captured: string | null } | null;
}

export interface ImportRow {
  row: number;
  result: 'new' | 'changed' | 'unchanged' | 'refused';
  id: string | null;
  name: string;
  cells: Record<string, string>;
  changes: { field: string; before: Json; after: Json }[];
  reasons: { column: string | null; value: string; reason: string }[];
}

export interface ImportState {
  id: number;
  kind: string;
  name: string;
  sheets: { index: number; name: string; rows: number; hidden: boolean }[];
  sheet: number;
  header_row: number;
  columns: { column: string; header: string; field: string | null; sample: string }[];
  fields: { field: string; label: string; required: boolean }[];
  remembered: boolean;
  counts: { new: number; changed: number; unchanged: number; refused: number };
  rows: ImportRow[];
}
