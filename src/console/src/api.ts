// The hub's HTTP API (assets/openapi.yaml), as the console asks it.

export interface Detail {
  [name: string]: unknown;
}

export class ApiError extends Error {
  constructor(
    public status: number,
    public code: string,
    message: string,
    public details: Detail[] = [],
  ) {
    super(message);
  }
}

const BASE = '/api/v1/';
let csrf = '';
let onSignedOut: () => void = () => undefined;

export function setCsrf(token: string): void {
  csrf = token;
}

export function whenSignedOut(then: () => void): void {
  onSignedOut = then;
}

async function refusal(answer: Response): Promise<ApiError> {
  let code = 'failed';
  let message = `HTTP ${answer.status}`;
  let details: Detail[] = [];
  try {
    const { error } = (await answer.json()) as { error: { code: string; message: string; details?: Detail[] } };
    code = error.code;
    message = error.message;
    details = error.details ?? [];
  } catch {
    // no JSON: a proxy in between, or nobody there
  }
  return new ApiError(answer.status, code, message, details);
}

export interface Ask {
  body?: unknown;
  bytes?: Blob;
  ifMatch?: string;
  signal?: AbortSignal;
}

async function send(method: string, path: string, ask: Ask): Promise<Response> {
  const headers: Record<string, string> = {};
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  if (ask.body !== undefined) headers['Content-Type'] = 'application/json';
  if (ask.bytes) headers['Content-Type'] = 'application/octet-stream';
  if (ask.ifMatch) headers['If-Match'] = ask.ifMatch;
  let answer: Response;
  try {
    answer = await fetch(BASE + path, {
      method,
      headers,
      body: ask.bytes ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body)),
      credentials: 'same-origin',
      signal: ask.signal,
    });
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') throw e;
    throw new ApiError(0, 'network', '连接不上服务器，请检查网络后重试');
  }
  if (answer.ok) return answer;
  const error = await refusal(answer);
  if (error.code === 'unauthenticated' && path !== 'session') onSignedOut();
  throw error;
}

export async function ask<T>(method: string, path: string, extra: Ask = {}): Promise<T> {
  const answer = await send(method, path, extra);
  return (answer.status === 204 || answer.status === 202 && !answer.headers.get('Content-Type')?.includes('json')
    ? undefined
    : await answer.json()) as T;
}

export const get = <T>(path: string, signal?: AbortSignal) => ask<T>('GET', path, { signal });
export const post = <T>(path: string, body: unknown = {}) => ask<T>('POST', path, { body });
export const put = <T>(path: string, body: unknown, ifMatch?: string) => ask<T>('PUT', path, { body, ifMatch });
export const patch = <T>(path: string, body: unknown) => ask<T>('PATCH', path, { body });
export const del = (path: string) => ask<void>('DELETE', path);

// ---- jobs ---------------------------------------------------------------------------------

export interface Job {
  id: string;
  kind: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  progress: number;
  message: string | null;
  result: unknown;
  error: { code: string; message: string; details?: Detail[] } | null;
}

const LOOK_MS = 400;

// Follows a job to its end; tells how far it is. Aborting calls it off.
export async function follow<T>(job: Job, told: (j: Job) => void, signal: AbortSignal): Promise<T> {
  let now = job;
  while (now.state === 'running') {
    told(now);
    await new Promise((done) => setTimeout(done, LOOK_MS));
    if (signal.aborted) {
      await del(`jobs/${job.id}`).catch(() => undefined);
      throw new ApiError(0, 'cancelled', '已取消');
    }
    now = await get<Job>(`jobs/${job.id}`);
  }
  told(now);
  if (now.state === 'done') return now.result as T;
  throw new ApiError(0, now.error?.code ?? now.state, now.error?.message ?? '已取消', now.error?.details ?? []);
}
