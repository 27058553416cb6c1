// What an office wants to see first.
import { Alert, List, Statistic, Tag } from 'antd';
import { useEvery, useLoad } from '../hooks';
import { lampNames, listLabel, screenStates, stateLabel } from '../labels';
import { t, when } from '../lang';
import type { Head } from '../types';
import { Loaded, Nothing, Title } from '../ui';

interface OverviewState {
  published?: { version: number; at: string; title: string } | null;
  head?: Head | null;
  waiting: { kind: 'set' | 'publication'; id: number; title: string; does: string }[];
  fleet?: Record<string, number>;
  findings: { errors: number; warnings: number };
  counts: Record<string, number>;
  lamps: Record<string, number>;
}

const does: Record<string, string> = { submit: '待送审', review: '待我审核', issue: '待我签发', sign: '待签名', publish: '待发布' };

export function Overview() {
  const loaded = useLoad<OverviewState>('overview');
  useEvery(loaded.reload, 20);
  return (
    <>
      <Title>{t('总览')}</Title>
      <Loaded of={loaded}>
        {(data) => (
          <>
            {data.head?.hold && <Alert type="error" showIcon style={{ marginBottom: 16 }} message={t('全部屏幕正在显示徽标页（已停播）')} action={<a href="#/publications">{t('去恢复')}</a>} />}
            {(data.head?.alerts.length ?? 0) > 0 && <Alert type="error" showIcon style={{ marginBottom: 16 }} message={t('正在播出 {n} 条紧急通知', { n: data.head!.alerts.length })} action={<a href="#/notices/alerts">{t('查看')}</a>} />}
            <div className="grid">
              <section className="panel">
                <h4>{t('等我处理')}</h4>
                {data.waiting.length === 0 ? (
                  <Nothing what={t('没有等您处理的事')} />
                ) : (
                  <List
                    size="small"
                    dataSource={data.waiting}
                    renderItem={(w) => (
                      <List.Item extra={<Tag color="processing">{t(does[w.does] ?? w.does)}</Tag>}>
                        <a href={w.kind === 'set' ? `#/sets/${w.id}` : '#/publications'}>
                          {w.kind === 'set' ? `#${w.id}` : t('版本 {n}', { n: w.id })} {w.title}
                        </a>
                      </List.Item>
                    )}
                  />
                )}
              </section>
              <section className="panel">
                <h4>{t('正在播出')}</h4>
                {data.published ? (
                  <>
                    <div className="big">{t('版本 {n}', { n: data.published.version })}</div>
                    <p>{data.published.title}</p>
                    <p className="quiet">{t('发布于')} {when(data.published.at)}</p>
                  </>
                ) : (
                  <Nothing what={t('还没有发布过内容')} />
                )}
              </section>
              <section className="panel">
                <h4>{t('屏幕')}</h4>
                {Object.keys(data.fleet ?? {}).length === 0 && <Nothing what={t('还没有配对的屏幕')} />}
                <div className="grid" style={{ gridTemplateColumns: 'repeat(3,1fr)' }}>
                  {Object.entries(data.fleet ?? {}).map(([state, n]) => (
                    <Statistic key={state} title={stateLabel(screenStates, state)} value={n} />
                  ))}
                </div>
              </section>
              <section className="panel internal">
                <h4>{t('项目进度灯')} <Tag>{t('仅内部')}</Tag></h4>
                <div className="grid" style={{ gridTemplateColumns: 'repeat(3,1fr)' }}>
                  {['red', 'orange', 'yellow', 'green', 'grey'].map((colour) => (
                    <Statistic key={colour} title={stateLabel(lampNames, colour)} value={data.lamps[colour] ?? 0} />
                  ))}
                </div>
              </section>
              <section className="panel">
                <h4>{t('已发布的内容')}</h4>
                <p>
                  {Object.entries(data.counts)
                    .filter(([, n]) => n > 0)
                    .map(([list, n]) => `${listLabel(list)} ${n}`)
                    .join('　')}
                </p>
                <p className="quiet">{t('检查：{e} 处错误，{w} 处提醒', { e: data.findings.errors, w: data.findings.warnings })}</p>
              </section>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}
