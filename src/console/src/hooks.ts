import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, follow, get, type Job } from './api';

// What a path answers, now and after reload(). An answer that comes too late is dropped.
export function useLoad<T>(path: string | null): { data: T | null; error: ApiError | null; reload: () => void } {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!path) return;
    const stop = new AbortController();
    get<T>(path, stop.signal).then(
      (got) => {
        setData(got);
        setError(null);
      },
      (e: unknown) => {
        if (e instanceof ApiError) setError(e);
      },
    );
    return () => stop.abort();
  }, [path, turn]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return { data, error, reload };
}

// The same again every so many seconds, while the page is looked at.
export function useEvery(reload: () => void, seconds: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [reload, seconds]);
}

export interface Work {
  job: Job | null;
  run: <T>(begin: () => Promise<Job>) => Promise<T>;
  cancel: () => void;
}

// One long piece of work at a time, with its progress.
export function useWork(): Work {
  const [job, setJob] = useState<Job | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const run = useCallback(async <T,>(begin: () => Promise<Job>): Promise<T> => {
    stop.current?.abort();
    stop.current = new AbortController();
    try {
      return await follow<T>(await begin(), setJob, stop.current.signal);
    } finally {
      setJob(null);
    }
  }, []);
  const cancel = useCallback(() => stop.current?.abort(), []);
  return { job, run, cancel };
}

// "#/sets/12" as ["sets", "12"].
export function useRoute(): [string[], (to: string) => void] {
  const read = () => location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
  const [route, setRoute] = useState<string[]>(read);
  useEffect(() => {
    const changed = () => setRoute(read());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return [route, (to) => (location.hash = `#/${to}`)];
}
