// What was issued: signed by publishers on their own machines, then published. And holding
// all screens.
import { Alert, Button, Input, Modal, Popover, Space, Steps, Table, Tag, Upload } from 'antd';
import { useState } from 'react';
import { post, put } from '../api';
import { useEvery, useLoad } from '../hooks';
import { publicationStates } from '../labels';
import { t, when } from '../lang';
import { useSession } from '../session';
import type { Head, Publication } from '../types';
import { Loaded, StateTag, Title, useAsk, useTry } from '../ui';

interface SettingsState {
  publisher_key: { available: boolean; on: boolean };
}

function Delivery({ p }: { p: Publication }) {
  const names: Record<string, string> = { feed: '本中心', bucket: '对象存储', stick: 'U盘目录' };
  const words: Record<string, [string, string]> = { done: ['已送达', 'success'], pending: ['进行中', 'processing'], failed: ['失败，将重试', 'error'] };
  return (
    <Space wrap size={4}>
      {p.delivery.map((d) => (
        <Popover key={d.where} content={d.message ?? when(d.at)}>
          <Tag color={words[d.state]?.[1]}>
            {t(names[d.where] ?? d.where)} {t(words[d.state]?.[0] ?? d.state)}
          </Tag>
        </Popover>
      ))}
    </Space>
  );
}

function Current({ p, reload, hasKey }: { p: Publication; reload: () => void; hasKey: boolean }) {
  const { may, confirmed } = useSession();
  const attempt = useTry();
  const sure = useAsk();
  const [reason, setReason] = useState<string | null>(null);
  const upload = async (file: File) => {
    await attempt(async () => {
      let body: unknown;
      try {
        body = JSON.parse(await file.text());
      } catch {
        throw new Error(t('这不是签过名的 manifest.json'));
      }
      await post(`publications/${p.version}/signatures`, body);
    }, t('签名已核验'));
    reload();
  };
  const publish = async () => {
    if (await sure(t('发布版本 {n}？', { n: p.version }), t('所有屏幕会在几十秒内更新。'))) {
      await attempt(() => confirmed(() => post(`publications/${p.version}/publish`)), t('已发布'));
      reload();
    }
  };
  return (
    <section className="panel">
      <h4>
        {t('版本 {n}', { n: p.version })} {p.title} <StateTag table={publicationStates} state={p.state} />
      </h4>
      <Steps
        size="small"
        style={{ marginBottom: 16 }}
        current={p.state === 'signing' ? 1 : 2}
        items={[{ title: t('签发'), description: `${p.issued_by} ${when(p.issued)}` }, { title: t('签名'), description: `${p.signatures.length}/${p.threshold}` }, { title: t('发布') }]}
      />
      <ol>
        <li>
          {t('每位发布人下载待签名包，在自己的电脑上查看并签名：')}{' '}
          <Button size="small" href={`/api/v1/publications/${p.version}/candidate`}>
            {t('下载待签名包')}
          </Button>
          <pre className="mono">fangzi-sign check content.json --media media{'\n'}fangzi-sign sign manifest.json --key {t('发布人的密钥')}.pem</pre>
        </li>
        <li>
          {t('把签过名的 manifest.json 传回来：')}{' '}
          {may('issuer', 'operator') && (
            <Upload accept=".json" showUploadList={false} beforeUpload={(file) => (void upload(file), false)}>
              <Button size="small" id="upload-signature">
                {t('上传签名')}
              </Button>
            </Upload>
          )}
          {p.signatures.map((s) => (
            <Tag key={s.key_id} color="green">
              {s.key_id.slice(0, 12)}… {s.by} {when(s.at)}
            </Tag>
          ))}
        </li>
      </ol>
      <Space>
        {may('issuer', 'operator') && (
          <Button type="primary" disabled={p.state !== 'ready'} onClick={() => void publish()} id="publish">
            {t('发布到屏幕')}
          </Button>
        )}
        {hasKey && may('issuer') && p.state === 'signing' && (
          <Button onClick={() => void attempt(() => confirmed(() => post(`publications/${p.version}/sign`)), t('已签名')).then(reload)}>{t('用本中心保管的密钥签名')}</Button>
        )}
        {may('issuer') && (
          <Button danger onClick={() => setReason('')}>
            {t('撤销')}
          </Button>
        )}
      </Space>
      <Modal open={reason !== null} title={t('撤销版本 {n}', { n: p.version })} okText={t('撤销')} cancelText={t('取消')} okButtonProps={{ danger: true, disabled: !reason?.trim() }} onCancel={() => setReason(null)} onOk={() => void attempt(() => confirmed(() => post(`publications/${p.version}/cancel`, { reason }))).then(() => (setReason(null), reload()))}>
        <Input.TextArea aria-label={t('原因')} rows={2} maxLength={200} value={reason ?? ''} onChange={(e) => setReason(e.target.value)} />
      </Modal>
    </section>
  );
}

function Hold() {
  const { may, confirmed } = useSession();
  const attempt = useTry();
  const loaded = useLoad<Head>('head');
  useEvery(loaded.reload, 15);
  const [reason, setReason] = useState<string | null>(null);
  const turn = (hold: boolean, why: string) => attempt(() => confirmed(() => put('head/hold', { hold, reason: why })), hold ? t('已停播，屏幕转为徽标页') : t('已恢复播出')).then(loaded.reload);
  return (
    <Loaded of={loaded}>
      {(head) => (
        <section className="panel">
          <h4>{t('停播')}</h4>
          {head.hold ? <Alert type="error" showIcon message={t('全部屏幕正在显示徽标页（已停播）')} /> : <p>{t('发现错误内容时，一键让全部屏幕转为徽标页。')}</p>}
          <p className="quiet">
            {t('当前版本')} {head.version ?? '—'}　{t('有效至')} {when(head.expires)}
          </p>
          {may('operator', 'issuer') && (head.hold ? <Button type="primary" onClick={() => void turn(false, t('恢复'))}>{t('恢复播出')}</Button> : <Button danger type="primary" onClick={() => setReason('')}>{t('全部停播')}</Button>)}
          <Modal open={reason !== null} title={t('全部屏幕立即停播？')} okText={t('停播')} cancelText={t('取消')} okButtonProps={{ danger: true, disabled: !reason?.trim() }} onCancel={() => setReason(null)} onOk={() => void turn(true, reason ?? '').then(() => setReason(null))}>
            <Input.TextArea aria-label={t('原因')} placeholder={t('原因（记入审计日志）')} rows={2} maxLength={200} value={reason ?? ''} onChange={(e) => setReason(e.target.value)} />
          </Modal>
        </section>
      )}
    </Loaded>
  );
}

export function Publications() {
  const loaded = useLoad<{ publications: Publication[] }>('publications');
  const settings = useLoad<SettingsState>('settings');
  useEvery(loaded.reload, 10);
  const hasKey = !!settings.data?.publisher_key.available && !!settings.data.publisher_key.on;
  return (
    <>
      <Title>{t('签名与发布')}</Title>
      <Loaded of={loaded}>
        {({ publications }) => (
          <>
            {publications
              .filter((p) => p.state === 'signing' || p.state === 'ready')
              .map((p) => (
                <Current key={p.version} p={p} reload={loaded.reload} hasKey={hasKey} />
              ))}
            <Hold />
            <section className="panel">
              <h4>{t('全部版本')}</h4>
              <Table<Publication>
                size="small"
                rowKey="version"
                dataSource={publications}
                pagination={{ pageSize: 15, hideOnSinglePage: true }}
                columns={[
                  { title: t('版本'), dataIndex: 'version', width: 70 },
                  { title: t('标题'), render: (_, p) => <a href={`#/sets/${p.set}`}>{p.title}</a> },
                  { title: t('状态'), render: (_, p) => <StateTag table={publicationStates} state={p.state} /> },
                  { title: t('签发'), render: (_, p) => `${p.issued_by} ${when(p.issued)}` },
                  { title: t('发布'), render: (_, p) => (p.published ? `${p.published_by ?? ''} ${when(p.published)}` : '') },
                  { title: t('送达'), render: (_, p) => <Delivery p={p} /> },
                  { title: t('内容'), render: (_, p) => <span className="mono">{p.content_sha256.slice(0, 12)}…</span> },
                ]}
              />
            </section>
          </>
        )}
      </Loaded>
    </>
  );
}
