// Notices; and alerts, which are prepared and published beforehand and raised when needed.
import { Alert, Button, Modal, Select, Tabs, Tag } from 'antd';
import { useState } from 'react';
import { ask, put } from '../api';
import { useEvery, useLoad } from '../hooks';
import { listLabel, wordLabel } from '../labels';
import { t } from '../lang';
import { useSession } from '../session';
import type { Head, Item } from '../types';
import { Loaded, Nothing, Title, useAsk, useTry } from '../ui';
import { ItemTable } from './Items';

function Raise({ alert, onEnd }: { alert: Item; onEnd: () => void }) {
  const { confirmed } = useSession();
  const attempt = useTry();
  const [screens, setScreens] = useState<string[]>([]);
  const send = () =>
    attempt(() => confirmed(() => put(`head/alerts/${String(alert.id)}`, { screens })), t('已发出，屏幕将在一秒内显示')).then((ok) => ok && onEnd());
  return (
    <Modal open title={t('立即播出紧急通知？')} okText={t('立即播出')} okButtonProps={{ danger: true }} cancelText={t('取消')} onOk={() => void send()} onCancel={onEnd}>
      <Alert type="error" message={`${wordLabel(String(alert.level))} · ${String(alert.title)}`} description={String(alert.text)} />
      {alert.status === 'exercise' && <p>{t('这是演练通知，屏幕上会一直标注“演练”。')}</p>}
      <p style={{ marginTop: 12 }}>
        <label htmlFor="raise-tags">{t('只在带这些标签的屏幕上（不选为全部屏幕）')}</label>
      </p>
      <Select id="raise-tags" mode="tags" style={{ width: '100%' }} value={screens} onChange={setScreens} open={false} suffixIcon={null} />
    </Modal>
  );
}

function Live() {
  const { may, confirmed } = useSession();
  const attempt = useTry();
  const sure = useAsk();
  const loaded = useLoad<Head>('head');
  useEvery(loaded.reload, 10);
  const [raising, setRaising] = useState<Item | null>(null);
  const lower = async (id: string) => {
    if (await sure(t('停止播出这条紧急通知？')))
      if (await attempt(() => confirmed(() => ask('DELETE', `head/alerts/${id}`)), t('已停止'))) loaded.reload();
  };
  return (
    <section className="panel">
      <h4>{t('可立即播出的紧急通知')}</h4>
      <p className="quiet">{t('只有事先经过审核并发布的通知才能播出。')}</p>
      <Loaded of={loaded}>
        {(head) =>
          head.prepared.length === 0 ? (
            <Nothing what={t('已发布的内容中没有紧急通知')} />
          ) : (
            <ul className="playlist">
              {head.prepared.map((alert) => {
                const raised = head.alerts.find((a) => a.id === alert.id);
                return (
                  <li key={String(alert.id)}>
                    <Tag color={String(alert.level) === 'yellow' ? 'gold' : String(alert.level)}>{wordLabel(String(alert.level))}</Tag>
                    <span>
                      <b>{String(alert.title)}</b> {alert.status === 'exercise' && <Tag>{t('演练')}</Tag>} {raised && <Tag color="error">{t('正在播出')}{raised.screens.length ? `：${raised.screens.join('、')}` : ''}</Tag>}
                    </span>
                    {may('operator', 'issuer') &&
                      (raised ? (
                        <Button onClick={() => void lower(raised.id)}>{t('停止播出')}</Button>
                      ) : (
                        <Button danger onClick={() => setRaising(alert)}>
                          {t('立即播出')}
                        </Button>
                      ))}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
      {raising && <Raise alert={raising} onEnd={() => (setRaising(null), loaded.reload())} />}
    </section>
  );
}

export function Notices({ at }: { at: string[] }) {
  const [tab, setTab] = useState(at[0] === 'alerts' ? 'alerts' : 'notices');
  return (
    <>
      <Title>{t('公告与紧急通知')}</Title>
      {tab === 'alerts' && <Live />}
      <div className="panel">
        <Tabs activeKey={tab} onChange={setTab} destroyInactiveTabPane items={['notices', 'alerts'].map((list) => ({ key: list, label: listLabel(list), children: <ItemTable list={list} open={at[1]} /> }))} />
      </div>
    </>
  );
}
