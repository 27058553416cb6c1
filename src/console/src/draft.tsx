// The change set that this person is editing: every edit goes into one.
import { Button, Form, Input, Modal, Select, Space, Switch, Tag } from 'antd';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { get, post } from './api';
import { setStates } from './labels';
import { t } from './lang';
import { useSession } from './session';
import type { SetHead } from './types';
import { StateTag, useTry } from './ui';

interface DraftContext {
  draft: SetHead | null;
  query: string; // "?set=12" or ""
  choose: (id: number | null) => void;
  refresh: () => void;
  begin: () => void; // asks for a title
}

const Context = createContext<DraftContext | null>(null);
const KEY = 'fangzi.draft';

export function useDraft(): DraftContext {
  const context = useContext(Context);
  if (!context) throw new Error('outside of DraftProvider');
  return context;
}

export function DraftProvider({ children }: { children: ReactNode }) {
  const [id, setId] = useState<number | null>(() => Number(localStorage.getItem(KEY)) || null);
  const [draft, setDraft] = useState<SetHead | null>(null);
  const [isAsking, setAsking] = useState(false);
  const choose = useCallback((to: number | null) => {
    if (to) localStorage.setItem(KEY, String(to));
    else localStorage.removeItem(KEY);
    setId(to);
  }, []);
  const refresh = useCallback(() => {
    if (!id) {
      setDraft(null);
      return;
    }
    get<SetHead>(`sets/${id}`).then(
      (head) => (head.may.includes('edit') ? setDraft(head) : choose(null)),
      () => choose(null),
    );
  }, [id, choose]);
  useEffect(refresh, [refresh]);
  const value = useMemo(
    () => ({ draft, query: draft ? `?set=${draft.id}` : '', choose, refresh, begin: () => setAsking(true) }),
    [draft, choose, refresh],
  );
  return (
    <Context.Provider value={value}>
      {children}
      {isAsking && <Begin onEnd={(made) => (setAsking(false), made && choose(made))} />}
    </Context.Provider>
  );
}

function Begin({ onEnd }: { onEnd: (id: number | null) => void }) {
  const [form] = Form.useForm<{ title: string; strict?: boolean }>();
  const attempt = useTry();
  const send = () =>
    void form.validateFields().then((v) =>
      attempt(async () => onEnd((await post<SetHead>('sets', { title: v.title, strict: v.strict ?? false })).id), t('已新建变更单')),
    );
  return (
    <Modal open title={t('新建变更单')} okText={t('新建')} cancelText={t('取消')} onOk={send} onCancel={() => onEnd(null)}>
      <Form form={form} layout="vertical" onFinish={send} requiredMark={false}>
        <Form.Item name="title" label={t('这次要改什么')} rules={[{ required: true, max: 60, message: t('请写一个标题，审核人会看到') }]}>
          <Input autoFocus placeholder={t('例如：六月项目进度')} maxLength={60} />
        </Form.Item>
        <Form.Item name="strict" label={t('提级审核（重大活动期间，需两名审核人）')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}

// In the header: what is being edited, or how to begin.
export function DraftBar() {
  const { draft, choose, begin } = useDraft();
  const { may } = useSession();
  const [open, setOpen] = useState<SetHead[]>([]);
  if (!may('editor')) return null;
  const look = () => void get<{ sets: SetHead[] }>('sets?limit=100').then((r) => setOpen(r.sets.filter((s) => s.may.includes('edit'))));
  return (
    <Space className="draft-bar" size="small">
      <span id="draft-label">{t('编辑到')}</span>
      <Select
        aria-labelledby="draft-label"
        style={{ minWidth: 220 }}
        value={draft?.id}
        placeholder={t('选择变更单后才能编辑')}
        onDropdownVisibleChange={(isOpen) => isOpen && look()}
        onChange={(to: number) => choose(to)}
        allowClear
        onClear={() => choose(null)}
        options={(open.length ? open : draft ? [draft] : []).map((s) => ({ value: s.id, label: `#${s.id} ${s.title}` }))}
      />
      {draft && <StateTag table={setStates} state={draft.state} />}
      {draft && draft.changes > 0 && <Tag>{t('{n} 处更改', { n: draft.changes })}</Tag>}
      {draft ? (
        <Button type="primary" href={`#/sets/${draft.id}`}>
          {t('查看并送审')}
        </Button>
      ) : (
        <Button type="primary" onClick={begin} id="begin-set">
          {t('新建变更单')}
        </Button>
      )}
    </Space>
  );
}
