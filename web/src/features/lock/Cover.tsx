// What stands before the app when it was hidden in haste and there is no PIN.
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/text";
import { covered } from "./quick-hide";

export function Cover() {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    document.title = t("lock.coverTitle");
    button.current?.focus();
  }, []);
  return (
    <main class="page cover">
      <h1 class="only-read">{t("lock.coverTitle")}</h1>
      <button type="button" class="button" ref={button} onClick={() => (covered.value = false)}>
        {t("lock.goOn")}
      </button>
    </main>
  );
}
