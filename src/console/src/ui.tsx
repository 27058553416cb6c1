// Small parts that every page uses.
import { Alert, App, Button, Empty, Progress, Spin, Tag, Typography } from 'antd';
import { useCallback, type ReactNode } from 'react';
import { ApiError } from './api';
import type { Work } from './hooks';
import { stateLabel } from './labels';
import { t } from './lang';

export function StateTag({ table, state }: { table: Record<string, [string, string]>; state: string }) {
  const label = stateLabel(table, state);
  return label ? <Tag color={table[state]?.[1]}>{label}</Tag> : null;
}

export function Loaded<T>(props: { of: { data: T | null; error: ApiError | null }; children: (data: T) => ReactNode }) {
  if (props.of.error) return <Alert type="error" showIcon role="alert" message={props.of.error.message} />;
  if (props.of.data === null) return <Spin aria-label={t('载入中')} style={{ display: 'block', margin: 48 }} />;
  return <>{props.children(props.of.data)}</>;
}

export function Title({ children, extra }: { children: ReactNode; extra?: ReactNode }) {
  return (
    <div className="title">
      <Typography.Title level={3} tabIndex={-1} id="page-title">
        {children}
      </Typography.Title>
      <div className="title-extra">{extra}</div>
    </div>
  );
}

export function Nothing({ what }: { what: string }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={what} />;
}

export function WorkBar({ work, label }: { work: Work; label: string }) {
  if (!work.job) return null;
  return (
    <div className="work" role="status" aria-live="polite">
      <span>{work.job.message ?? label}</span>
      <Progress percent={Math.round(work.job.progress * 100)} size="small" />
      <Button size="small" onClick={work.cancel}>
        {t('取消')}
      </Button>
    </div>
  );
}

// Does something and says how it went. True: it was done.
export function useTry(): (what: () => Promise<unknown>, done?: string) => Promise<boolean> {
  const { message, modal } = App.useApp();
  return useCallback(
    async (what, done) => {
      try {
        await what();
        if (done) void message.success(done);
        return true;
      } catch (e) {
        const error = e instanceof ApiError ? e : new ApiError(0, 'failed', String(e));
        if (error.code === 'cancelled') void message.info(error.message);
        else if (error.details.length)
          modal.error({
            title: error.message,
            width: 640,
            content: (
              <ul className="details">
                {error.details.slice(0, 20).map((d, i) => (
                  <li key={i}>{[d.pointer, d.value, d.rule ?? d.reason].filter(Boolean).join(' · ')}</li>
                ))}
              </ul>
            ),
          });
        else void message.error(error.message, 6);
        return false;
      }
    },
    [message, modal],
  );
}

// Asks before something is done.
export function useAsk(): (question: string, content?: ReactNode, danger?: boolean) => Promise<boolean> {
  const { modal } = App.useApp();
  return useCallback(
    (question, content, danger) =>
      new Promise<boolean>((then) => {
        modal.confirm({
          title: question,
          content,
          okText: t('确定'),
          cancelText: t('取消'),
          okButtonProps: { danger },
          onOk: () => then(true),
          onCancel: () => then(false),
        });
      }),
    [modal],
  );
}
