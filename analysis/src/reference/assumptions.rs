//! The page of the model's assumptions, from the list itself.

use std::fmt::Write as _;

use runtime_model::Assumption;

const HEAD: &str = "# Assumptions of the model
Where the sources leave a point open, the model closes it by an assumption with a name. Every answer lists those that it rests on: `vipa run --trace`,
`vipa why`, and `\"assumptions\"` in the JSON of each event. `=> assumes NAME` in a scenario asks for one.

## Those with more than one answer
`[assumptions]` in `sysplex.toml` chooses; the first answer is the one taken without it.

```toml
[assumptions]
equal-rank-by-order = \"last\"
```

| name | answers | what is assumed |
| --- | --- | --- |
";

const SINGLE: &str = "
## Those with one answer
The model knows no other; it says that it leans on them.

| name | what is assumed |
| --- | --- |
";

/// `docs/assumptions.md`.
#[must_use]
pub fn page() -> String {
    let mut out = HEAD.to_owned();
    let mut single = SINGLE.to_owned();
    for assumption in Assumption::ALL {
        let words = assumption.words().trim().replace('|', "\\|");
        if assumption.answers().is_empty() {
            let _ = writeln!(single, "| `{}` | {words} |", assumption.name());
        } else {
            let answers: Vec<String> =
                assumption.answers().iter().map(|answer| format!("`{answer}`")).collect();
            let _ = writeln!(out, "| `{}` | {} | {words} |", assumption.name(), answers.join(", "));
        }
    }
    out + &single
}
