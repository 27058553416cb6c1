// What only the office sees. It takes effect at once and never reaches a screen.
import { Alert, Button, Drawer, Form, Input, Select, Table, Tabs, Tag } from 'antd';
import { useState } from 'react';
import { del, put } from '../api';
import { useLoad } from '../hooks';
import { fieldLabel, listLabel, wordLabel } from '../labels';
import { t, when } from '../lang';
import { useSession } from '../session';
import type { Item } from '../types';
import { Loaded, Title, useAsk, useTry } from '../ui';
import { tidy } from '../tidy';
import { show } from './Items';

interface Plain {
  name: string;
  kind: 'line' | 'text' | 'word' | 'date' | 'many' | 'id';
  words?: string[];
  required?: boolean;
  max?: number;
  inTable?: boolean;
}

// As src/office/ledger.c has them.
const kinds: Record<string, Plain[]> = {
  tasks: [
    { name: 'code', kind: 'line', required: true, max: 16, inTable: true },
    { name: 'title', kind: 'line', required: true, max: 80, inTable: true },
    { name: 'parent', kind: 'id' },
    { name: 'department', kind: 'line', max: 24, inTable: true },
    { name: 'leader', kind: 'line', max: 16, inTable: true },
    { name: 'due', kind: 'line', max: 16, inTable: true },
    { name: 'state', kind: 'word', words: ['open', 'doing', 'done', 'dropped'], required: true, inTable: true },
    { name: 'project', kind: 'id' },
    { name: 'note', kind: 'text', max: 400 },
  ],
  meetings: [
    { name: 'date', kind: 'date', required: true, inTable: true },
    { name: 'topic', kind: 'line', required: true, max: 80, inTable: true },
    { name: 'project', kind: 'id', inTable: true },
    { name: 'departments', kind: 'many', inTable: true },
    { name: 'decisions', kind: 'text', max: 1000 },
  ],
  issues: [
    { name: 'title', kind: 'line', required: true, max: 80, inTable: true },
    { name: 'project', kind: 'id', inTable: true },
    { name: 'category', kind: 'word', words: ['land', 'funds', 'energy', 'environment', 'permits', 'utilities', 'other'], required: true, inTable: true },
    { name: 'raised', kind: 'date', required: true, inTable: true },
    { name: 'department', kind: 'line', max: 24, inTable: true },
    { name: 'state', kind: 'word', words: ['raised', 'assigned', 'solved', 'confirmed'], required: true, inTable: true },
    { name: 'solved', kind: 'date' },
    { name: 'result', kind: 'text', max: 400 },
  ],
  visits: [
    { name: 'date', kind: 'date', required: true, inTable: true },
    { name: 'project', kind: 'id', inTable: true },
    { name: 'departments', kind: 'many', inTable: true },
    { name: 'topic', kind: 'text', required: true, max: 200, inTable: true },
  ],
  suspensions: [
    { name: 'project', kind: 'id', required: true, inTable: true },
    { name: 'rule', kind: 'id', required: true, inTable: true },
    { name: 'from', kind: 'date', required: true, inTable: true },
    { name: 'to', kind: 'date', inTable: true },
    { name: 'reason', kind: 'line', required: true, max: 120, inTable: true },
  ],
  project_notes: [
    { name: 'leader', kind: 'line', max: 16 },
    { name: 'leader_role', kind: 'line', max: 24 },
    { name: 'department', kind: 'line', max: 24 },
    { name: 'task_force', kind: 'line', max: 40 },
    { name: 'agent', kind: 'line', max: 24 },
    { name: 'code', kind: 'line', max: 32 },
    { name: 'needs', kind: 'text', max: 400 },
    { name: 'note', kind: 'text', max: 1000 },
  ],
};

function input(field: Plain) {
  if (field.kind === 'word') return <Select options={(field.words ?? []).map((w) => ({ value: w, label: wordLabel(w) }))} />;
  if (field.kind === 'text') return <Input.TextArea autoSize={{ minRows: 2 }} maxLength={field.max} />;
  if (field.kind === 'many') return <Select mode="tags" open={false} suffixIcon={null} />;
  if (field.kind === 'date') return <Input type="date" />;
  return <Input maxLength={field.max} />;
}

export function NoteForm(props: { kind: string; value: Item; readOnly: boolean; onSave: (body: Item) => void; onRemove?: () => void }) {
  return (
    <Form layout="vertical" initialValues={props.value} disabled={props.readOnly} onFinish={(v: Item) => props.onSave((tidy(v) ?? {}) as Item)}>
      <div className="fields">
        {kinds[props.kind].map((f) => (
          <Form.Item
            key={f.name}
            name={f.name}
            label={fieldLabel(props.kind, f.name)}
            className={f.kind === 'text' ? 'wide' : undefined}
            rules={f.required ? [{ required: true, message: t('必填') }] : []}
          >
            {input(f)}
          </Form.Item>
        ))}
      </div>
      {!props.readOnly && (
        <>
          <Button type="primary" htmlType="submit">
            {t('保存（仅内部）')}
          </Button>{' '}
          {props.onRemove && (
            <Button danger onClick={props.onRemove}>
              {t('移除')}
            </Button>
          )}
        </>
      )}
    </Form>
  );
}

interface RecordState {
  id: string;
  body: Item;
  sha: string;
  by: string;
  at: string;
}

export function RecordTable({ kind, project }: { kind: string; project?: string }) {
  const { may } = useSession();
  const attempt = useTry();
  const sure = useAsk();
  const loaded = useLoad<{ records: RecordState[] }>(`office/${kind}${project ? `?project=${project}` : ''}`);
  const [opened, setOpened] = useState<RecordState | 'new' | null>(null);
  const isNew = opened === 'new';
  const save = (body: Item) => {
    const id = isNew ? `${kind.slice(0, 1)}-${Date.now().toString(36)}` : (opened as RecordState).id;
    void attempt(() => put(`office/${kind}/${id}`, body, isNew ? '*' : (opened as RecordState).sha), t('已保存')).then((ok) => {
      if (ok) {
        setOpened(null);
        loaded.reload();
      }
    });
  };
  const remove = async (r: RecordState) => {
    if ((await sure(t('移除这条记录？'), undefined, true)) && (await attempt(() => del(`office/${kind}/${r.id}`), t('已移除')))) {
      setOpened(null);
      loaded.reload();
    }
  };
  return (
    <Loaded of={loaded}>
      {({ records }) => (
        <>
          {may('editor') && (
            <Button style={{ marginBottom: 8 }} onClick={() => setOpened('new')}>
              {t('新增')}
            </Button>
          )}
          <Table<RecordState>
            size="small"
            rowKey="id"
            dataSource={records}
            pagination={{ pageSize: 20, hideOnSinglePage: true }}
            onRow={(r) => ({ onDoubleClick: () => setOpened(r) })}
            columns={[
              ...kinds[kind].filter((f) => f.inTable).map((f) => ({ title: fieldLabel(kind, f.name), render: (_: unknown, r: RecordState) => show(r.body[f.name]), ellipsis: true })),
              { title: t('更新'), render: (_, r) => `${when(r.at)} ${r.by}`, width: 220 },
              { title: '', width: 80, render: (_, r) => <Button size="small" onClick={() => setOpened(r)}>{t('打开')}</Button> },
            ]}
          />
          {opened && (
            <Drawer open width={640} title={listLabel(kind)} onClose={() => setOpened(null)}>
              <NoteForm kind={kind} value={isNew ? (project ? { project } : {}) : (opened as RecordState).body} readOnly={!may('editor')} onSave={save} onRemove={isNew ? undefined : () => void remove(opened as RecordState)} />
            </Drawer>
          )}
        </>
      )}
    </Loaded>
  );
}

export function Office({ kind }: { kind: string }) {
  const [tab, setTab] = useState(kinds[kind] ? kind : 'tasks');
  return (
    <>
      <Title extra={<Tag color="orange">{t('仅内部')}</Tag>}>{t('任务与服务台账')}</Title>
      <Alert type="info" showIcon style={{ marginBottom: 12 }} message={t('这里的一切都只在办公室内部，永远不会出现在屏幕上。')} />
      <div className="panel internal">
        <Tabs activeKey={tab} onChange={setTab} destroyInactiveTabPane items={['tasks', 'meetings', 'issues', 'visits', 'suspensions'].map((k) => ({ key: k, label: listLabel(k), children: <RecordTable kind={k} /> }))} />
      </div>
    </>
  );
}
