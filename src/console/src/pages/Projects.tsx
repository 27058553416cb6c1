// Projects: 223 rows to find one in; its milestones on a line, how its plans moved, its lamp,
// and what only the office knows of it.
import { Button, Input, Select, Steps, Table, Tabs, Tag, Timeline } from 'antd';
import { useMemo, useState } from 'react';
import { del, put } from '../api';
import { useDraft } from '../draft';
import { useLoad } from '../hooks';
import { itemStates, lampNames, wordLabel } from '../labels';
import { t, when } from '../lang';
import { useSession } from '../session';
import type { Item, ItemState, Json } from '../types';
import { Loaded, Nothing, StateTag, Title, useTry } from '../ui';
import { ItemDrawer, nameOf, show, useEdit } from './Items';
import { NoteForm, RecordTable } from './Office';

interface Lamp {
  project: string;
  milestone: string;
  lamp: string;
  due: string | null;
  days_late: number;
  rule: string | null;
  guess: boolean;
  suspended_days: number;
}

const severity = ['grey', 'green', 'yellow', 'orange', 'red'];

function money(value: Json | undefined): string {
  if (typeof value !== 'number') return '';
  return value >= 1e8 ? `${value / 1e8} 亿元` : `${value / 1e4} 万元`;
}

function Milestones({ body, lamps }: { body: Item; lamps: Lamp[] }) {
  const milestones = (body.milestones ?? []) as Item[];
  if (milestones.length === 0) return <Nothing what={t('还没有录入节点')} />;
  return (
    <Steps
      direction="vertical"
      size="small"
      items={milestones.map((m) => {
        const lamp = lamps.find((l) => l.milestone === m.id);
        const state = String(m.state);
        return {
          title: (
            <>
              {show(m.name)} <Tag>{wordLabel(state)}</Tag>
              {lamp && lamp.lamp !== 'green' && lamp.lamp !== 'grey' && <Tag color={lampNames[lamp.lamp][1]}>{t(lampNames[lamp.lamp][0])}</Tag>}
            </>
          ),
          description: (
            <span className="quiet">
              {m.planned ? `${t('计划')} ${show(m.planned)}　` : ''}
              {Array.isArray(m.planned_before) && m.planned_before.length ? <del>{m.planned_before.join('、')}</del> : ''}
              {m.actual ? `　${t('实际')} ${show(m.actual)}` : ''}
              {lamp?.due && !m.actual ? `　${t('期限')} ${lamp.due}${lamp.guess ? t('（暂按周历推算）') : ''}` : ''}
              {lamp && lamp.suspended_days > 0 ? `　${t('已中止 {n} 天', { n: lamp.suspended_days })}` : ''}
            </span>
          ),
          status: state === 'done' || state === 'waived' ? ('finish' as const) : state === 'in_progress' ? ('process' as const) : ('wait' as const),
        };
      })}
    />
  );
}

function Plans({ project }: { project: string }) {
  const loaded = useLoad<{ plans: { milestone: string; planned: string | null; at: string; by: string; set: number }[] }>(`office/plans/${project}`);
  return (
    <Loaded of={loaded}>
      {({ plans }) =>
        plans.length === 0 ? (
          <Nothing what={t('计划日期还没有变过')} />
        ) : (
          <Timeline items={plans.map((p) => ({ children: `${p.milestone} → ${p.planned ?? t('取消计划')}　${when(p.at)} ${p.by} #${p.set}` }))} />
        )
      }
    </Loaded>
  );
}

function Note({ project }: { project: string }) {
  const { may } = useSession();
  const attempt = useTry();
  const loaded = useLoad<{ records: { id: string; body: Item; sha: string }[] }>(`office/project_notes?project=${project}`);
  return (
    <Loaded of={loaded}>
      {({ records }) => (
        <NoteForm
          kind="project_notes"
          value={records[0]?.body ?? {}}
          readOnly={!may('editor')}
          onSave={(body) => void attempt(() => put(`office/project_notes/${project}`, body, records[0]?.sha ?? '*'), t('已保存')).then((ok) => ok && loaded.reload())}
          onRemove={records[0] ? () => void attempt(() => del(`office/project_notes/${project}`)).then((ok) => ok && loaded.reload()) : undefined}
        />
      )}
    </Loaded>
  );
}

export function Projects({ open }: { open?: string }) {
  const { query } = useDraft();
  const { may } = useSession();
  const loaded = useLoad<{ items: ItemState[] }>(`items/projects${query}`);
  const lamps = useLoad<{ lamps: Lamp[] }>(`office/lamps${query}`);
  const edit = useEdit('projects', loaded.reload);
  const [search, setSearch] = useState('');
  const [phase, setPhase] = useState<string>();
  const [opened, setOpened] = useState<string | null>(open ?? null);
  const byProject = useMemo(() => {
    const map = new Map<string, Lamp[]>();
    for (const lamp of lamps.data?.lamps ?? []) map.set(lamp.project, [...(map.get(lamp.project) ?? []), lamp]);
    return map;
  }, [lamps.data]);
  const worst = (id: string) => (byProject.get(id) ?? []).reduce((w, l) => Math.max(w, severity.indexOf(l.lamp)), 0);
  return (
    <>
      <Title extra={may('editor') && <Button onClick={() => (edit.draft ? setOpened('') : edit.begin())}>{t('新增项目')}</Button>}>{t('项目')}</Title>
      <Loaded of={loaded}>
        {({ items }) => {
          const wanted = search.trim().toLowerCase();
          const phases = [...new Set(items.map((i) => show(i.body?.phase)))].filter(Boolean);
          const rows = items.filter((i) => (!wanted || JSON.stringify(i.body ?? i.before).toLowerCase().includes(wanted)) && (!phase || i.body?.phase === phase));
          const item = items.find((i) => i.id === opened) ?? null;
          return (
            <div className="panel">
              <div className="title-extra" style={{ marginBottom: 12 }}>
                <Input.Search allowClear placeholder={t('按名称、单位、园区查找')} aria-label={t('查找')} style={{ width: 300 }} onChange={(e) => setSearch(e.target.value)} />
                <Select allowClear placeholder={t('阶段')} aria-label={t('阶段')} style={{ width: 160 }} value={phase} onChange={setPhase} options={phases.map((p) => ({ value: p, label: p }))} />
                <span className="quiet" aria-live="polite">{t('{n} 个项目', { n: rows.length })}</span>
              </div>
              <Table<ItemState>
                size="small"
                rowKey="id"
                dataSource={rows}
                pagination={{ pageSize: 25, showSizeChanger: false }}
                columns={[
                  {
                    title: t('名称'),
                    sorter: (a, b) => nameOf(a).localeCompare(nameOf(b), 'zh'),
                    render: (_, i) => (
                      <>
                        <Button type="link" size="small" style={{ padding: 0, whiteSpace: 'normal', textAlign: 'left', height: 'auto' }} onClick={() => setOpened(i.id)}>
                          {nameOf(i)}
                        </Button>{' '}
                        <StateTag table={itemStates} state={i.state} /> {i.body?.sample === true && <Tag color="gold">{t('示例数据')}</Tag>}
                      </>
                    ),
                  },
                  { title: t('建设单位'), render: (_, i) => show(i.body?.owner), ellipsis: true },
                  { title: t('园区'), render: (_, i) => show(i.body?.park), width: 140, ellipsis: true },
                  { title: t('总投资'), align: 'right', width: 120, sorter: (a, b) => Number(a.body?.investment_cny ?? 0) - Number(b.body?.investment_cny ?? 0), render: (_, i) => money(i.body?.investment_cny) },
                  { title: t('阶段'), render: (_, i) => show(i.body?.phase), width: 110 },
                  { title: t('数据截至'), render: (_, i) => show(i.body?.as_of), width: 110 },
                  {
                    title: t('进度灯（内部）'),
                    width: 130,
                    sorter: (a, b) => worst(a.id) - worst(b.id),
                    render: (_, i) => {
                      const colour = severity[worst(i.id)];
                      return <Tag color={lampNames[colour][1]}>{t(lampNames[colour][0])}</Tag>;
                    },
                  },
                ]}
              />
              {opened !== null && (item || opened === '') && (
                <ItemDrawer list="projects" item={item} isNew={opened === ''} edit={edit} onClose={() => setOpened(null)} initial={{ milestones: [] }}>
                  {item && (
                    <Tabs
                      items={[
                        { key: 'line', label: t('节点'), children: <Milestones body={item.body ?? item.before ?? {}} lamps={byProject.get(item.id) ?? []} /> },
                        { key: 'plans', label: t('计划变动'), children: <Plans project={item.id} /> },
                        { key: 'note', label: `${t('内部信息')}（${t('仅内部')}）`, children: <div className="panel internal"><Note project={item.id} /></div> },
                        { key: 'issues', label: `${t('难点问题')}（${t('仅内部')}）`, children: <div className="panel internal"><RecordTable kind="issues" project={item.id} /></div> },
                      ]}
                    />
                  )}
                </ItemDrawer>
              )}
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
