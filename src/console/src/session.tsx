// Who is signed in, and signing again before what cannot be taken back.
import { Alert, Form, Input, Modal } from 'antd';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { ApiError, get, post, setCsrf, whenSignedOut } from './api';
import { t } from './lang';
import type { Role, SessionState } from './types';

interface SessionContext {
  session: SessionState | null;
  isKnown: boolean; // asked already
  take: (s: SessionState | null) => void;
  may: (...roles: Role[]) => boolean;
  // Does it, after the password was asked for again where the hub wants that.
  confirmed: <T>(what: () => Promise<T>) => Promise<T>;
}

const Context = createContext<SessionContext | null>(null);

export function useSession(): SessionContext {
  const context = useContext(Context);
  if (!context) throw new Error('outside of SessionProvider');
  return context;
}

interface Asked {
  then: (ok: boolean) => void;
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<SessionState | null>(null);
  const [isKnown, setKnown] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const take = useCallback((s: SessionState | null) => {
    setCsrf(s?.csrf ?? '');
    setSession(s);
    setKnown(true);
  }, []);
  useEffect(() => {
    whenSignedOut(() => take(null));
    get<SessionState>('session').then(take, () => take(null));
  }, [take]);
  const confirmed = useCallback(async <T,>(what: () => Promise<T>): Promise<T> => {
    try {
      return await what();
    } catch (e) {
      if (!(e instanceof ApiError) || e.code !== 'confirm_needed') throw e;
      const ok = await new Promise<boolean>((then) => setAsked({ then }));
      setAsked(null);
      if (!ok) throw new ApiError(0, 'cancelled', t('已取消'));
      return await what();
    }
  }, []);
  const value = useMemo<SessionContext>(
    () => ({
      session,
      isKnown,
      take,
      may: (...roles) => roles.some((role) => session?.account.roles.includes(role)),
      confirmed,
    }),
    [session, isKnown, take, confirmed],
  );
  return (
    <Context.Provider value={value}>
      {children}
      {asked && session && <ConfirmAgain session={session} take={take} then={asked.then} />}
    </Context.Provider>
  );
}

function ConfirmAgain(props: { session: SessionState; take: (s: SessionState) => void; then: (ok: boolean) => void }) {
  const [form] = Form.useForm<{ password: string; totp?: string }>();
  const [error, setError] = useState('');
  const busy = useRef(false);
  const send = async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      props.take(await post<SessionState>('session/confirm', await form.validateFields()));
      props.then(true);
    } catch (e) {
      if (e instanceof ApiError) setError(e.message);
    } finally {
      busy.current = false;
    }
  };
  return (
    <Modal open title={t('请再次确认是您本人')} okText={t('确认')} cancelText={t('取消')} onOk={send} onCancel={() => props.then(false)}>
      <p>{t('此操作会影响公共屏幕或账户，五分钟内有效。')}</p>
      {error && <Alert type="error" showIcon message={error} role="alert" />}
      <Form form={form} layout="vertical" onFinish={send} requiredMark={false}>
        <Form.Item name="password" label={t('密码')} rules={[{ required: true, message: t('请输入密码') }]}>
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        {props.session.account.has_totp && (
          <Form.Item name="totp" label={t('动态验证码')} rules={[{ required: true, pattern: /^\d{6}$/, message: t('六位数字') }]}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
          </Form.Item>
        )}
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}
