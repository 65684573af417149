// The open times of one day: from and to, as many as the day has. Midnight at the end of a block is the day's end.
import type { Block } from "../../api/protocol";
import type { FieldError } from "../../api/http";
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { errorText } from "../../i18n/error";

const DAY = 1440;
const OFFICE: Block = { start: 540, end: 1020 };
const LONGEST_GUESS = 240;

interface Props {
  readonly legend: string;
  readonly blocks: readonly Block[];
  readonly onChange: (blocks: readonly Block[]) => void;
  readonly error: FieldError | undefined;
  readonly id: string;
}

export function BlockFields({ legend, blocks, onChange, error, id }: Props) {
  const change = (at: number, block: Partial<Block>) =>
    onChange(blocks.map((old, i) => (i === at ? { ...old, ...block } : old)));
  return (
    <fieldset class="day-fields" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{legend}</legend>
      <div class="day-blocks">
        {blocks.length === 0 && <p class="quiet">{t("hours.closed")}</p>}
        {blocks.map((block, at) => (
          <div class="block-fields" key={at}>
            <TimeField label={t("hours.from")} minute={block.start} onChange={(start) => change(at, { start })} wrong={!!error} />
            <TimeField label={t("hours.to")} minute={block.end} onChange={(end) => change(at, { end: end || DAY })} wrong={!!error} />
            <button
              type="button"
              class="icon-button"
              aria-label={t("hours.removeBlock", { day: legend })}
              onClick={() => onChange(blocks.filter((_, i) => i !== at))}
            >
              <Icon name="close" size={20} />
            </button>
          </div>
        ))}
        <button type="button" class="text-button" onClick={() => onChange([...blocks, next(blocks)])}>
          {t("hours.addBlock")}
          <span class="only-read"> {legend}</span>
        </button>
      </div>
      {error && (
        <p class="error" id={`${id}-error`}>
          <Icon name="warning" size={20} />
          {errorText(error)}
        </p>
      )}
    </fieldset>
  );
}

function next(blocks: readonly Block[]): Block {
  const last = blocks.at(-1);
  if (!last) return OFFICE;
  const start = Math.min(last.end + 60, DAY - 60);
  return { start, end: Math.min(start + LONGEST_GUESS, DAY) };
}

interface TimeProps {
  readonly label: string;
  readonly minute: number;
  readonly onChange: (minute: number) => void;
  readonly wrong: boolean;
}

export function TimeField({ label, minute, onChange, wrong }: TimeProps) {
  const two = (number: number) => String(number).padStart(2, "0");
  return (
    <label class="time-field">
      <span>{label}</span>
      <input
        type="time"
        class="input"
        required
        value={`${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`}
        aria-invalid={wrong || undefined}
        onChange={({ currentTarget: { value } }) => {
          const [hour = 0, rest = 0] = value.split(":").map(Number);
          if (value) onChange(hour * 60 + rest);
        }}
      />
    </label>
  );
}
