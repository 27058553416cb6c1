import { Alert, Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { ApiError, post } from '../api';
import { lang, setLang, t } from '../lang';
import { useSession } from '../session';
import type { SessionState } from '../types';

export function Login() {
  const { take } = useSession();
  const [error, setError] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = async (values: { name: string; password: string; totp?: string }) => {
    setBusy(true);
    try {
      take(await post<SessionState>('session', { ...values, name: values.name.trim(), totp: values.totp ?? '' }));
    } catch (e) {
      setError(e instanceof ApiError ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="login">
      <Card title={<h1 style={{ fontSize: 18, margin: 0 }}>{t('坊子屏控中心')}</h1>} extra={<Button type="link" onClick={() => setLang(lang === 'en' ? 'zh' : 'en')}>{lang === 'en' ? '中文' : 'English'}</Button>}>
        {error && <Alert type="error" showIcon message={error} role="alert" style={{ marginBottom: 16 }} />}
        <Form layout="vertical" onFinish={(v: { name: string; password: string; totp?: string }) => void send(v)} requiredMark={false}>
          <Form.Item name="name" label={t('用户名')} rules={[{ required: true, message: t('请输入用户名') }]}>
            <Input autoFocus autoComplete="username" autoCapitalize="none" />
          </Form.Item>
          <Form.Item name="password" label={t('密码')} rules={[{ required: true, message: t('请输入密码') }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item name="totp" label={t('动态验证码（启用后填写）')} rules={[{ pattern: /^\d{6}$/, message: t('六位数字') }]}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={isBusy}>
            {t('登录')}
          </Button>
        </Form>
      </Card>
    </main>
  );
}
