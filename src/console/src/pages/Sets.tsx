// All change sets, by what they wait for.
import { Button, Segmented, Table, Tag } from 'antd';
import { useState } from 'react';
import { useDraft } from '../draft';
import { useEvery, useLoad } from '../hooks';
import { setStates } from '../labels';
import { t, when } from '../lang';
import { useSession } from '../session';
import type { SetHead } from '../types';
import { Loaded, StateTag, Title } from '../ui';

const filters: [string, (s: SetHead) => boolean][] = [
  ['进行中', (s) => ['draft', 'submitted', 'reviewed', 'issued'].includes(s.state)],
  ['等我处理', (s) => s.may.includes('review') || s.may.includes('issue')],
  ['已发布', (s) => s.state === 'published'],
  ['全部', () => true],
];

export function Sets() {
  const { begin } = useDraft();
  const { may } = useSession();
  const loaded = useLoad<{ sets: SetHead[] }>('sets?limit=200');
  useEvery(loaded.reload, 15);
  const [filter, setFilter] = useState('进行中');
  return (
    <>
      <Title extra={may('editor') && <Button type="primary" onClick={begin}>{t('新建变更单')}</Button>}>{t('变更与审核')}</Title>
      <Loaded of={loaded}>
        {({ sets }) => (
          <div className="panel">
            <Segmented options={filters.map(([name]) => ({ value: name, label: t(name) }))} value={filter} onChange={(v) => setFilter(String(v))} style={{ marginBottom: 12 }} />
            <Table<SetHead>
              size="small"
              rowKey="id"
              dataSource={sets.filter(filters.find(([name]) => name === filter)![1])}
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              columns={[
                { title: '#', dataIndex: 'id', width: 60 },
                { title: t('标题'), render: (_, s) => <a href={`#/sets/${s.id}`}>{s.title}</a> },
                {
                  title: t('状态'),
                  render: (_, s) => (
                    <>
                      <StateTag table={setStates} state={s.state} /> {s.strict && <Tag color="purple">{t('提级审核')}</Tag>}
                      {s.state === 'draft' && s.rejected_reason && <Tag color="error">{t('被退回')}</Tag>}
                    </>
                  ),
                },
                { title: t('更改'), dataIndex: 'changes', align: 'right', width: 70 },
                { title: t('编辑'), render: (_, s) => s.editors.join('、') },
                { title: t('更新'), render: (_, s) => when(s.updated) },
                { title: t('版本'), render: (_, s) => s.version ?? '', width: 70 },
              ]}
            />
          </div>
        )}
      </Loaded>
    </>
  );
}
