// One's own account: password, second factor, tokens for scripts.
import { Button, Checkbox, Form, Input, InputNumber, Modal, Table, Typography } from 'antd';
import { useMemo, useState } from 'react';
import qrcode from 'qrcode-generator';
import { del, post, put } from '../api';
import { useLoad } from '../hooks';
import { roleLabel } from '../labels';
import { t, when } from '../lang';
import { useSession } from '../session';
import type { Role, SessionState } from '../types';
import { Loaded, Title, useAsk, useTry } from '../ui';

function Password() {
  const { take } = useSession();
  const attempt = useTry();
  const [form] = Form.useForm<{ old: string; new: string; again: string }>();
  const send = (v: { old: string; new: string }) =>
    attempt(async () => {
      take(await post<SessionState>('session/password', { old: v.old, new: v.new }));
      form.resetFields();
    }, t('密码已修改'));
  return (
    <section className="panel">
      <h4>{t('修改密码')}</h4>
      <Form form={form} layout="vertical" onFinish={(v: { old: string; new: string }) => void send(v)} style={{ maxWidth: 360 }} requiredMark={false}>
        <Form.Item name="old" label={t('现在的密码')} rules={[{ required: true, message: t('请输入密码') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="new" label={t('新密码')} extra={t('至少10个字符；一句自己记得住的话比符号更好')} rules={[{ required: true, min: 10, message: t('至少10个字符') }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('再输一次')}
          dependencies={['new']}
          rules={[{ required: true, message: t('请再输一次') }, ({ getFieldValue }) => ({ validator: (_, v) => (v === getFieldValue('new') ? Promise.resolve() : Promise.reject(new Error(t('两次不一样')))) })]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t('修改密码')}
        </Button>
      </Form>
    </section>
  );
}

function QrCode({ text }: { text: string }) {
  const path = useMemo(() => {
    const qr = qrcode(0, 'M');
    qr.addData(text);
    qr.make();
    let d = '';
    for (let y = 0; y < qr.getModuleCount(); y++)
      for (let x = 0; x < qr.getModuleCount(); x++) if (qr.isDark(y, x)) d += `M${x + 4} ${y + 4}h1v1h-1z`;
    return { d, side: qr.getModuleCount() + 8 };
  }, [text]);
  return (
    <svg viewBox={`0 0 ${path.side} ${path.side}`} width="220" height="220" role="img" aria-label={t('二维码')} shapeRendering="crispEdges">
      <rect width={path.side} height={path.side} fill="#fff" />
      <path d={path.d} fill="#000" />
    </svg>
  );
}

function Totp() {
  const { session, take, confirmed } = useSession();
  const attempt = useTry();
  const [offer, setOffer] = useState<{ secret: string; uri: string } | null>(null);
  const begin = () => attempt(async () => setOffer(await confirmed(() => post<{ secret: string; uri: string }>('session/totp'))));
  const finish = (v: { totp: string }) =>
    attempt(async () => {
      take(await put<SessionState>('session/totp', v));
      setOffer(null);
    }, t('动态验证码已启用'));
  return (
    <section className="panel">
      <h4>{t('动态验证码')}</h4>
      <p>{session?.account.has_totp ? t('已启用。登录和签发时需要手机上的六位数字。') : t('未启用。签发人必须启用。')}</p>
      {!offer && <Button onClick={() => void begin()}>{session?.account.has_totp ? t('换一部手机') : t('启用')}</Button>}
      {offer && (
        <>
          <p>{t('用手机上的验证器应用扫描，再输入它显示的六位数字：')}</p>
          <QrCode text={offer.uri} />
          <p>
            {t('不能扫描时手工输入：')} <Typography.Text code copyable>{offer.secret}</Typography.Text>
          </p>
          <Form layout="inline" onFinish={(v: { totp: string }) => void finish(v)}>
            <Form.Item name="totp" label={t('六位数字')} rules={[{ required: true, pattern: /^\d{6}$/, message: t('六位数字') }]}>
              <Input inputMode="numeric" maxLength={6} autoComplete="one-time-code" />
            </Form.Item>
            <Button type="primary" htmlType="submit">
              {t('启用')}
            </Button>
          </Form>
        </>
      )}
    </section>
  );
}

interface TokenState {
  id: number;
  label: string;
  owner: string;
  roles: Role[];
  created: string;
  expires: string;
  last_used: string | null;
}

function Tokens() {
  const { session, confirmed } = useSession();
  const attempt = useTry();
  const sure = useAsk();
  const loaded = useLoad<{ tokens: TokenState[] }>('tokens');
  const [made, setMade] = useState<string | null>(null);
  const mine = (session?.account.roles ?? []).filter((r) => r !== 'issuer' && r !== 'administrator');
  const add = (v: { label: string; roles: Role[]; days: number }) =>
    attempt(async () => {
      setMade((await confirmed(() => post<{ token: string }>('tokens', v))).token);
      loaded.reload();
    });
  const revoke = async (token: TokenState) => {
    if (await sure(t('吊销令牌“{label}”？', { label: token.label }), t('使用它的脚本会立即失效。'), true))
      if (await attempt(() => del(`tokens/${token.id}`), t('已吊销'))) loaded.reload();
  };
  return (
    <section className="panel">
      <h4>{t('脚本令牌')}</h4>
      <p className="quiet">{t('供其他系统调用接口；签发和管理不能交给令牌。')}</p>
      <Loaded of={loaded}>
        {(data) => (
          <Table
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={data.tokens}
            columns={[
              { title: t('用途'), dataIndex: 'label' },
              { title: t('所有者'), dataIndex: 'owner' },
              { title: t('角色'), render: (_, r) => r.roles.map(roleLabel).join('、') },
              { title: t('到期'), render: (_, r) => when(r.expires) },
              { title: t('最近使用'), render: (_, r) => when(r.last_used) },
              { title: '', render: (_, r) => <Button size="small" danger onClick={() => void revoke(r)}>{t('吊销')}</Button> },
            ]}
          />
        )}
      </Loaded>
      {mine.length > 0 && (
        <Form layout="inline" style={{ marginTop: 12 }} initialValues={{ days: 90 }} onFinish={(v: { label: string; roles: Role[]; days: number }) => void add(v)}>
          <Form.Item name="label" label={t('用途')} rules={[{ required: true, message: t('必填') }]}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="roles" label={t('角色')} rules={[{ required: true, message: t('必填') }]}>
            <Checkbox.Group options={mine.map((r) => ({ value: r, label: roleLabel(r) }))} />
          </Form.Item>
          <Form.Item name="days" label={t('天数')}>
            <InputNumber min={1} max={366} />
          </Form.Item>
          <Button htmlType="submit">{t('新建令牌')}</Button>
        </Form>
      )}
      <Modal open={!!made} footer={null} title={t('请现在复制，不会再显示')} onCancel={() => setMade(null)}>
        <Typography.Paragraph code copyable className="mono">
          {made}
        </Typography.Paragraph>
      </Modal>
    </section>
  );
}

export function Me({ onlyPassword }: { onlyPassword?: boolean }) {
  if (onlyPassword) return <Password />;
  return (
    <>
      <Title>{t('我的账户')}</Title>
      <Password />
      <Totp />
      <Tokens />
    </>
  );
}
