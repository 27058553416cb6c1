// The fleet: what each screen shows, as it says itself; pairing, tags, a picture, proof of play.
import { Alert, Button, Descriptions, Drawer, Form, Input, Modal, Select, Space, Statistic, Table } from 'antd';
import { useState } from 'react';
import { patch, post } from '../api';
import { useEvery, useLoad } from '../hooks';
import { screenStates, stateLabel } from '../labels';
import { t, when } from '../lang';
import { useSession } from '../session';
import type { Item, ScreenState } from '../types';
import { Loaded, Nothing, StateTag, Title, useAsk, useTry } from '../ui';

// The code comes with the address when a telephone has scanned it from the screen.
function Pair({ code, onEnd }: { code?: string; onEnd: (done: boolean) => void }) {
  const [form] = Form.useForm<{ code: string; name: string; tags?: string[] }>();
  const attempt = useTry();
  const send = () =>
    void form
      .validateFields()
      .then((v) => attempt(() => post('screens/pair', { ...v, code: v.code.replace(/[\s-]/g, '').toUpperCase(), tags: v.tags ?? [] }), t('屏幕已配对')))
      .then((ok) => ok && onEnd(true));
  return (
    <Modal open title={t('添加屏幕')} okText={t('配对')} cancelText={t('取消')} onOk={send} onCancel={() => onEnd(false)}>
      <p>{t('新屏幕上显示一个6位配对码，10分钟内有效。请核对屏幕上的设备编号与添加后列表中的一致。')}</p>
      <Form form={form} layout="vertical" initialValues={{ code }} onFinish={send} requiredMark={false}>
        <Form.Item name="code" label={t('配对码')} rules={[{ required: true, message: t('必填') }]}>
          <Input autoFocus autoComplete="off" maxLength={12} className="mono" />
        </Form.Item>
        <Form.Item name="name" label={t('屏幕名称')} rules={[{ required: true, max: 40, message: t('必填') }]}>
          <Input placeholder={t('例如：政务大厅一楼东')} />
        </Form.Item>
        <Form.Item name="tags" label={t('标签')}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}

function labelled(report: Item): { key: string; label: string; children: string }[] {
  const names: Record<string, string> = {
    at: '报告时间', screen: '设备号', seq: '报告序号', software: '软件版本', size: '分辨率', version: '显示的版本', page: '页面', frame_hash: '画面指纹',
    frame_at: '画面时间', display: '显示器', stale: '内容过期', incidents: '事件数', incident: '最近事件', incident_at: '事件时间', synced_at: '最近同步',
    sync_result: '同步结果', refused_version: '拒绝的版本', clock: '时钟', temperature_c: '温度（℃）', disk_free_mb: '剩余磁盘（MB）', memory_mb: '内存（MB）',
    restarts: '重启次数', uptime_s: '运行（秒）', card_used_pct: '存储卡已用寿命（%）', disk_errors: '磁盘错误数', undervoltage: '欠压', plays: '播放记录',
  };
  return Object.entries(report).map(([key, value]) => ({ key, label: t(names[key] ?? key), children: typeof value === 'object' ? JSON.stringify(value) : String(value) }));
}

function Details({ screen, onEnd, reload }: { screen: ScreenState; onEnd: () => void; reload: () => void }) {
  const { may, confirmed } = useSession();
  const attempt = useTry();
  const sure = useAsk();
  const detail = useLoad<ScreenState>(`screens/${screen.id}`);
  useEvery(detail.reload, 10);
  const now = detail.data ?? screen;
  const revoke = async () => {
    if ((await sure(t('吊销“{name}”？', { name: now.name }), t('它的报告不再可信；内容照常播放，直到有人处理。'), true)) && (await attempt(() => confirmed(() => post(`screens/${screen.id}/revoke`)), t('已吊销')))) {
      reload();
      detail.reload();
    }
  };
  return (
    <Drawer
      open
      width={680}
      onClose={onEnd}
      title={now.name}
      extra={
        may('operator') &&
        !now.revoked && (
          <Space>
            <Button onClick={() => void attempt(() => post(`screens/${screen.id}/picture`), t('已请求，下次报到时送来')).then(detail.reload)}>{t('请求画面')}</Button>
            <Button danger onClick={() => void revoke()}>
              {t('吊销')}
            </Button>
          </Space>
        )
      }
    >
      <p>
        <StateTag table={screenStates} state={now.state} /> {now.why}
      </p>
      {may('operator') && (
        <Form
          layout="vertical"
          key={now.name + now.tags.join()}
          initialValues={{ name: now.name, tags: now.tags }}
          onFinish={(v: { name: string; tags: string[] }) => void attempt(() => patch(`screens/${screen.id}`, v), t('已保存')).then(() => (reload(), detail.reload()))}
        >
          <Form.Item name="name" label={t('屏幕名称')} rules={[{ required: true, message: t('必填') }]}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="tags" label={t('标签')}>
            <Select mode="tags" open={false} suffixIcon={null} />
          </Form.Item>
          <Button htmlType="submit">{t('保存')}</Button>
        </Form>
      )}
      <h4>{t('画面')}</h4>
      {now.picture?.captured ? (
        <figure style={{ margin: 0 }}>
          <img src={`/api/v1/screens/${screen.id}/picture?${encodeURIComponent(now.picture.captured)}`} alt={t('屏幕画面')} style={{ width: '100%', border: '1px solid #d5deea' }} />
          <figcaption className="quiet">{t('拍摄于')} {when(now.picture.captured)}</figcaption>
        </figure>
      ) : (
        <Nothing what={now.picture?.asked ? t('已请求，等待屏幕送来') : t('还没有请求过画面')} />
      )}
      <h4>{t('最近报告')}</h4>
      {now.report ? <Descriptions size="small" column={1} bordered items={labelled(now.report)} /> : <Nothing what={t('还没有报告')} />}
      <p className="mono quiet">
        {t('设备编号')} {now.fingerprint}
        <br />
        {t('配对')} {when(now.paired)} {now.paired_by}
      </p>
    </Drawer>
  );
}

export function Screens({ at: [open, code] }: { at: string[] }) {
  const { may } = useSession();
  const loaded = useLoad<{ published_version: number; counts: Record<string, number>; screens: ScreenState[] }>('screens');
  useEvery(loaded.reload, 10);
  const [isPairing, setPairing] = useState(open === 'pair' && may('operator'));
  const [opened, setOpened] = useState<string | null>(open ?? null);
  const [state, setState] = useState<string>();
  const [search, setSearch] = useState('');
  return (
    <>
      <Title
        extra={
          <>
            {may('auditor', 'operator', 'reviewer', 'issuer') && (
              <Button href="/api/v1/plays?format=csv" download="plays.csv">
                {t('导出播放证明')}
              </Button>
            )}
            {may('operator') && (
              <Button type="primary" onClick={() => setPairing(true)} id="pair">
                {t('添加屏幕')}
              </Button>
            )}
          </>
        }
      >
        {t('屏幕')}
      </Title>
      <Loaded of={loaded}>
        {(fleet) => {
          const screen = fleet.screens.find((s) => s.id === opened);
          const rows = fleet.screens.filter((s) => (!state || s.state === state) && (!search || `${s.name} ${s.tags.join(' ')}`.toLowerCase().includes(search.toLowerCase())));
          return (
            <>
              <section className="panel grid" style={{ gridTemplateColumns: 'repeat(auto-fill,minmax(110px,1fr))' }}>
                <Statistic title={t('已发布版本')} value={fleet.published_version || '—'} />
                {Object.keys(screenStates)
                  .filter((s) => s !== 'revoked' || fleet.counts.revoked)
                  .map((s) => (
                    <Statistic key={s} title={stateLabel(screenStates, s)} value={fleet.counts[s] ?? 0} />
                  ))}
              </section>
              <section className="panel">
                <Space style={{ marginBottom: 12 }}>
                  <Input.Search allowClear aria-label={t('查找')} placeholder={t('名称或标签')} onChange={(e) => setSearch(e.target.value)} />
                  <Select allowClear aria-label={t('状态')} placeholder={t('状态')} value={state} onChange={setState} style={{ width: 140 }} options={Object.keys(screenStates).map((s) => ({ value: s, label: stateLabel(screenStates, s) }))} />
                </Space>
                {fleet.screens.length === 0 ? (
                  <Alert type="info" showIcon message={t('还没有配对的屏幕')} description={t('在屏幕的设置文件里写上本中心的地址，它启动后会显示配对码。')} />
                ) : (
                  <Table<ScreenState>
                    size="small"
                    rowKey="id"
                    dataSource={rows}
                    pagination={{ pageSize: 50, hideOnSinglePage: true }}
                    columns={[
                      { title: t('名称'), render: (_, s) => <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOpened(s.id)}>{s.name}</Button> },
                      { title: t('状态'), render: (_, s) => <><StateTag table={screenStates} state={s.state} /> <span className="quiet">{s.why}</span></> },
                      { title: t('显示的版本'), render: (_, s) => String(s.report?.version ?? ''), width: 110, align: 'right' },
                      { title: t('页面'), render: (_, s) => String(s.report?.page ?? ''), ellipsis: true },
                      { title: t('最近报告'), render: (_, s) => when(s.last_report) },
                      { title: t('标签'), render: (_, s) => s.tags.join('、') },
                    ]}
                  />
                )}
              </section>
              {screen && <Details screen={screen} onEnd={() => setOpened(null)} reload={loaded.reload} />}
              {isPairing && <Pair code={code} onEnd={(done) => (setPairing(false), done && loaded.reload())} />}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
