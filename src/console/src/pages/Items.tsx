// Lists of content that need no page of their own: a table, and a form made from the fields.
import { Button, Drawer, Input, Table, Tabs, Tag } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { ask, del, put } from '../api';
import { useDraft } from '../draft';
import { useLoad } from '../hooks';
import { ItemForm } from '../ItemForm';
import { fieldLabel, itemStates, listLabel, wordLabel } from '../labels';
import { t } from '../lang';
import { fieldsOfList, fieldsOfPart } from '../schema';
import { useSession } from '../session';
import type { Finding, Item, ItemState, Json } from '../types';
import { Loaded, StateTag, Title, useAsk, useTry } from '../ui';

// What a row of each list shows beside its name.
const columns: Record<string, string[]> = {
  indicators: ['period', 'value', 'unit', 'rank', 'of', 'as_of'],
  figures: ['value', 'unit', 'as_of'],
  records: ['who', 'what', 'value', 'unit'],
  targets: ['by'],
  occasions: ['from', 'to', 'venue', 'status'],
  places: ['text'],
  notices: ['level', 'from', 'until', 'ticker'],
  alerts: ['level', 'status', 'publisher'],
  sources: ['url'],
  rules: ['from', 'to', 'wait_days'],
  phases: ['phases'],
};

export function show(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? t('是') : t('否');
  if (Array.isArray(value)) return value.map((v) => (typeof v === 'object' && v && !Array.isArray(v) ? show(v.name ?? v.title ?? v.id ?? '') : show(v))).join('、');
  if (typeof value === 'object') return Object.values(value).map(show).join(' ');
  return typeof value === 'string' && /^[a-z_-]+$/.test(value) ? wordLabel(value) : String(value);
}

export const nameOf = (item: ItemState) => show((item.body ?? item.before)?.name ?? (item.body ?? item.before)?.title ?? (item.body ?? item.before)?.label ?? item.id);

// Puts, removes and takes back in the change set that is being edited.
export function useEdit(list: string, done: () => void) {
  const { draft, refresh, begin } = useDraft();
  const attempt = useTry();
  const sure = useAsk();
  const finish = () => {
    refresh();
    done();
  };
  return {
    save: async (item: ItemState | null, body: Item): Promise<boolean> => {
      if (!draft) {
        begin();
        return false;
      }
      const id = String(item?.id ?? body.id);
      const path = list === 'parts' ? `sets/${draft.id}/parts/${id}` : `sets/${draft.id}/items/${list}/${encodeURIComponent(id)}`;
      const ok = await attempt(() => put(path, body, item && item.body && item.sha ? item.sha : list === 'parts' ? undefined : '*'), t('已保存到变更单'));
      if (ok) finish();
      return ok;
    },
    remove: async (item: ItemState): Promise<boolean> => {
      if (!draft || !(await sure(t('从内容中移除“{name}”？', { name: nameOf(item) }), t('发布后屏幕上不再出现；在发布之前可以撤回。'), true))) return false;
      const ok = await attempt(() => del(`sets/${draft.id}/items/${list}/${encodeURIComponent(item.id)}`), t('已记入变更单'));
      if (ok) finish();
      return ok;
    },
    takeBack: async (item: ItemState): Promise<boolean> => {
      if (!draft) return false;
      const ok = await attempt(() => ask('DELETE', `sets/${draft.id}/items/${list}/${encodeURIComponent(item.id)}/change`), t('已撤回更改'));
      if (ok) finish();
      return ok;
    },
    begin,
    draft,
  };
}

export function useFindings(): Finding[] {
  const { draft } = useDraft();
  const { data } = useLoad<{ findings: Finding[] }>(draft ? `sets/${draft.id}/check` : null);
  return data?.findings ?? [];
}

export function ItemDrawer(props: { list: string; item: ItemState | null; isNew: boolean; edit: ReturnType<typeof useEdit>; onClose: () => void; children?: ReactNode; initial?: Item }) {
  const { may } = useSession();
  const findings = useFindings();
  const { item, list, edit } = props;
  const canEdit = may('editor');
  const fields = list === 'parts' ? fieldsOfPart(item?.id ?? '') : fieldsOfList(list);
  return (
    <Drawer
      open
      width={Math.min(920, innerWidth - 40)}
      onClose={props.onClose}
      title={props.isNew ? t('新增') + listLabel(list) : nameOf(item!)}
      extra={
        item && canEdit && edit.draft ? (
          <>
            {item.state !== 'same' && <Button onClick={() => void edit.takeBack(item).then((ok) => ok && props.onClose())}>{t('撤回更改')}</Button>}{' '}
            {list !== 'parts' && item.body && (
              <Button danger onClick={() => void edit.remove(item).then((ok) => ok && props.onClose())}>
                {t('移除')}
              </Button>
            )}
          </>
        ) : null
      }
    >
      {props.children}
      {canEdit && !edit.draft && (
        <p>
          <Button onClick={edit.begin}>{t('新建变更单')}</Button> <span className="quiet">{t('选择或新建变更单后才能保存。')}</span>
        </p>
      )}
      <ItemForm
        key={`${list}/${item?.id ?? 'new'}/${item?.sha ?? ''}`}
        list={list}
        fields={fields}
        value={item?.body ?? props.initial ?? {}}
        findings={findings.filter((f) => f.list === list && f.id === item?.id)}
        readOnly={!canEdit || !edit.draft}
        onSave={(body) => void edit.save(item, body).then((ok) => ok && props.onClose())}
      />
    </Drawer>
  );
}

export function ItemTable({ list, open, extra }: { list: string; open?: string; extra?: (item: ItemState) => ReactNode }) {
  const { query } = useDraft();
  const { may } = useSession();
  const loaded = useLoad<{ items: ItemState[] }>(list === 'parts' ? null : `items/${list}${query}`);
  const parts = useLoad<{ parts: Record<string, ItemState> }>(list === 'parts' ? `parts${query}` : null);
  const reload = list === 'parts' ? parts.reload : loaded.reload;
  const edit = useEdit(list, reload);
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<string | null>(open ?? null);
  const all = useMemo(
    () => (list === 'parts' ? (parts.data ? { data: { items: ['site', 'calendar', 'screens'].map((id) => parts.data!.parts[id] ?? { id, body: {}, sha: '', state: 'same' as const, before: null }) }, error: null } : { data: null, error: parts.error }) : loaded),
    [list, parts.data, parts.error, loaded],
  );
  return (
    <Loaded of={all}>
      {({ items }) => {
        const wanted = search.trim().toLowerCase();
        const rows = items.filter((i) => !wanted || JSON.stringify(i.body ?? i.before).toLowerCase().includes(wanted));
        const item = items.find((i) => i.id === opened) ?? null;
        return (
          <>
            <div className="title-extra" style={{ marginBottom: 12 }}>
              <Input.Search allowClear placeholder={t('查找')} aria-label={t('查找')} style={{ width: 260 }} onChange={(e) => setSearch(e.target.value)} />
              {may('editor') && list !== 'parts' && <Button onClick={() => (edit.draft ? setOpened('') : edit.begin())}>{t('新增')}</Button>}
            </div>
            <Table<ItemState>
              size="small"
              rowKey="id"
              dataSource={rows}
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              columns={[
                {
                  title: t('名称'),
                  render: (_, i) => (
                    <>
                      <Button type="link" size="small" style={{ padding: 0, whiteSpace: 'normal', textAlign: 'left', height: 'auto' }} onClick={() => setOpened(i.id)}>
                        {list === 'parts' ? listLabel(i.id) : nameOf(i)}
                      </Button>{' '}
                      <StateTag table={itemStates} state={i.state} /> {i.body?.sample === true && <Tag color="gold">{t('示例数据')}</Tag>}
                    </>
                  ),
                },
                ...(columns[list] ?? []).map((name) => ({
                  title: fieldLabel(list, name),
                  ellipsis: true,
                  render: (_: unknown, i: ItemState) => show(i.body?.[name]),
                })),
                ...(extra ? [{ title: '', render: (_: unknown, i: ItemState) => extra(i) }] : []),
              ]}
            />
            {opened !== null && (item || opened === '') && <ItemDrawer list={list} item={item} isNew={opened === ''} edit={edit} onClose={() => setOpened(null)} />}
          </>
        );
      }}
    </Loaded>
  );
}

export function Items({ title, lists, at }: { title: string; lists: string[]; at: string[] }) {
  const [tab, setTab] = useState(at[0] && lists.includes(at[0]) ? at[0] : lists[0]);
  return (
    <>
      <Title>{t(title)}</Title>
      <div className="panel">
        <Tabs activeKey={tab} onChange={setTab} destroyInactiveTabPane items={lists.map((list) => ({ key: list, label: listLabel(list), children: <ItemTable list={list} open={at[1]} /> }))} />
      </div>
    </>
  );
}
