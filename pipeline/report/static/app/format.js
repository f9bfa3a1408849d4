// Numbers, units, periods, places and rows in words a reader expects.
"use strict";

(() => {
  const MONEY = { CNY: "元", USD: "美元", HKD: "港元", EUR: "欧元", JPY: "日元" };
  const digits = (value, most) => value.toLocaleString("en-US", { maximumFractionDigits: most });

  function scaled(value) {
    const size = Math.abs(value);
    if (zhengbao.language() === "zh") {
      if (size >= 1e8) return `${digits(value / 1e8, 4)}亿`;
      return size >= 1e5 ? `${digits(value / 1e4, 4)}万` : digits(value, 4);
    }
    if (size >= 1e9) return `${digits(value / 1e9, 4)} bn`;
    return size >= 1e6 ? `${digits(value / 1e6, 4)} m` : digits(value, 4);
  }

  /** A number with its unit. */
  function quantity(value, unit) {
    if (value === null) return "";
    if (unit === "%" || unit === "pp") return `${digits(value, 4)}${unit === "pp" ? ` ${zhengbao.t("pp")}` : unit}`;
    if (unit === "rank") return zhengbao.t("ranked", { n: digits(value, 0) });
    if (zhengbao.language() === "en" && unit in MONEY) return `${unit} ${scaled(value)}`;
    if (!unit || unit === "1") return scaled(value);
    return zhengbao.language() === "en" ? `${scaled(value)} ${unit}` : `${scaled(value)}${MONEY[unit] || unit}`;
  }

  /** A change with its direction. */
  function change(value, unit, direction) {
    if (value === null) return "";
    const sign = { up: "↑", down: "↓", flat: "→" }[direction] || "";
    return `${sign}${quantity(value, unit)}`;
  }

  const LAST = ["31", "28", "31", "30", "31", "30", "31", "31", "30", "31", "30", "31"];
  const endsMonth = (day) => day.slice(8) === LAST[Number(day.slice(5, 7)) - 1] || day.endsWith("-02-29");

  /** A period as short as it can be said: 2023, 2023 H1, 2023-04–06. */
  function period(start, end) {
    if (!start && !end) return "";
    if (!start || !end || start === end) return start === end ? start : `${start || "…"} – ${end || "…"}`;
    const year = start.slice(0, 4);
    if (!start.endsWith("-01") || !endsMonth(end)) return `${start} – ${end}`;
    if (year !== end.slice(0, 4)) return start.slice(5) === "01-01" && end.slice(5) === "12-31" ? `${year}–${end.slice(0, 4)}` : `${start.slice(0, 7)} – ${end.slice(0, 7)}`;
    const span = `${start.slice(5, 7)}-${end.slice(5, 7)}`;
    if (span === "01-12") return year;
    if (span === "01-06") return `${year} H1`;
    if (span === "07-12") return `${year} H2`;
    const quarter = ["01-03", "04-06", "07-09", "10-12"].indexOf(span);
    if (quarter >= 0) return `${year} Q${quarter + 1}`;
    return span.slice(0, 2) === span.slice(3) ? start.slice(0, 7) : `${year}-${span.replace("-", "–")}`;
  }

  /** The name of a code, with what it lies in where `full`; the code itself where no page named it. */
  function place(code, full) {
    if (!code) return "";
    if (code === "100000") return zhengbao.t("nation");
    const known = zhengbao.summary.places[code];
    return known ? `${full ? known[1] : ""}${known[0]}` : code;
  }

  /** A canonical indicator in the reader's language. */
  function indicator(id) {
    if (!id) return "";
    const names = zhengbao.summary.indicators[id];
    return names ? names[zhengbao.language() === "zh" ? 0 : 1] : id;
  }

  const several = (...parts) => parts.filter(Boolean).join(" · ");

  /** What a row says, in a line. */
  const LINES = {
    facts: (get) =>
      several(
        get("subject") || place(get("subject_code")) || get("organisation"),
        get("indicator"),
        quantity(get("value"), get("unit")),
        change(get("change_value"), get("change_unit"), get("change_direction")),
        get("rank") !== null && get("unit") !== "rank" && quantity(get("rank"), "rank"),
        period(get("period_start"), get("period_end")),
        get("modality") !== "actual" && zhengbao.word(get("modality")),
      ),
    quantities: (get) => several(range(get), get("dimension"), get("qualifier") !== "exact" && zhengbao.word(get("qualifier"))),
    times: (get) => several(get("text"), get("vague") ? zhengbao.t("vague") : period(get("start_date"), get("end_date")), get("granularity")),
    people: (get) => several(get("person"), zhengbao.word(get("role"))),
    officials: (get) => several(get("person"), get("title"), get("status") !== "incumbent" && zhengbao.word(get("status")), place(get("place_code"))),
    places: (get) => several(get("name"), get("code"), zhengbao.word(get("level")), get("deictic") && zhengbao.t("deictic")),
    issues: (get) => several(zhengbao.word(get("kind")), get("text"), get("context")),
  };

  function range(get) {
    const [low, high, unit] = [get("low"), get("high"), get("unit")];
    return low !== null && high !== null && low !== high ? `${quantity(low, unit)} – ${quantity(high, unit)}` : quantity(get("value"), unit);
  }

  zhengbao.format = { quantity, change, period, place, indicator, several, line: (layer, get) => LINES[layer](get), number: digits };
})();
