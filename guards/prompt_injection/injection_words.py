"""List the words in which a text addresses a program: who is addressed, and what it is to do."""

# ruff: noqa: E501 - a pattern and a list read best on one line

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


PROGRAMS = _listed(
    "assistant assistants ai ais llm llms chatbot chatbots bot bots gpt chatgpt claude gemini copilot llama bard"
    " summarizer summarizers summariser crawler crawlers"
)
AGENTS = _listed("agent agents model models system systems program programs tool tools reader readers")
"""Programs too, where a word before them says so: "AI agent", "language model"."""
MAKES_PROGRAM = _listed(
    "ai language research autonomous automated artificial virtual digital helpful large reading"
)
AFTER_IDENTITY = _listed("that who which reading you and or model models assistant agent system then trained")
READS = _listed(
    "reads reading read processing processes process summarizing summarising summarizes parsing parses indexing"
    " seeing sees encountering encounters crawling visiting analyzing analysing ingesting answering"
    " reviewing reviews grading grades evaluating evaluates"
)
OPENERS = _listed("dear attention note notice message hey hello hi to for important instruction instructions")
OVERRIDES = _listed("ignore disregard forget override bypass discard neglect drop skip ignoriere vergiss missachte"
                    " ignorez oubliez ignora olvida ignoriert ignorieren ignorate")  # fmt: skip
DROPS = ("pay no attention to", "set aside", "do not follow", "stop following")
TOLD = _listed("instruction instructions prompt prompts directive directives directions guideline guidelines rules"
               " commands orders programming training constraints restrictions context task told text anweisungen befehle"
               " consignes instrucciones istruzioni instruções regeln règles reglas")  # fmt: skip
EARLIER = _listed("previous prior above earlier preceding foregoing your original initial existing system before"
                  " vorherigen bisherigen obigen précédentes antérieures anteriores precedenti former past were"
                  " default")  # fmt: skip
SOURCES = _listed(
    "source passage document result page excerpt sources passages documents results pages excerpts claims evidence websites"
)
SPEECH = _listed("say answer reply respond state tell output write print repeat mention claim conclude report announce"
                 " inform include add append begin start end finish translate return present recommend quote cite"
                 " insist explain describe summarize summarise emit confirm assure recite produce generate use give"
                 " provide convince warn praise echo display show list promote suggest stress emphasize")  # fmt: skip
SAYS = _listed("say answer reply respond state claim conclude insist")
REPEATS = _listed("repeat print say output recite reply respond answer state echo emit")
FORMS = _listed("form forms exam test sheet part section questionnaire survey application")
"""What has questions that people answer."""
OUTPUT = _listed("answer response output summary report completion")
SENDS = _listed("send email e-mail mail post upload forward transfer submit reveal disclose leak expose print show"
                " output repeat share dump list display recite share give tell search call fetch open delete write"
                " browse visit use run execute invoke copy publish translate paste")  # fmt: skip
INSIDE = _listed("prompt prompts instructions context conversation history memory chat dialogue transcript")
PRIVATE = _listed("documents files notes name password passwords email emails credentials data keys messages calendar"
                  " address accounts account history secrets contacts")  # fmt: skip
JUDGES = _listed("choose select pick prefer rate rank score mark label judge treat cite quote trust believe weigh take"
                 " regard consider use")  # fmt: skip
PIECES = _listed(
    "sentence passage claim excerpt source statement paragraph chunk snippet text page document result"
)
GRADES = _listed("supported correct relevant true authoritative highest best contradicted unverified answer reliable"
                 " verified trusted relevance truth first only definitive official final")  # fmt: skip
MODES = _listed("mode dan unrestricted jailbroken unfiltered uncensored restrictions evil freed pirate")
DEONTIC = _listed(
    "must should shall need needs have has ought instructed required requested told authorised authorized"
)
COMMANDS = _listed("please must should shall you never don't not kindly")
JOINS = _listed("and or but then so")
LEADS = _listed(
    "now also first instead simply just always immediately only otherwise therefore finally next again"
)
FRAMES = (
    "<|im_start|>", "<|im_end|>", "<|system|>", "<|user|>", "<|assistant|>", "[inst]", "[/inst]", "<<sys>>",
    "[system]", "system_message", "<system>", "</system>", "### instruction", "### system", "### response", "system:", "begin prompt",
    "end of prompt", "end of document", "end of context", "end of data", "new instructions:", "new task:",
    "[assistant]", "[/system]", "[instructions]", "<instruction", "</instruction", "<prompt>", "<important>",
    "<information>", "system override", "safety checks are", "for the purposes of this conversation",
    "instructions have been updated", "instructions have changed", "answer to the user's question", "previous question is",
    "question has changed", "question was changed",
)  # fmt: skip
ASKED = (
    "when asked", "if asked", "whenever asked", "user asks", "users ask", "someone asks", "anyone asks", "you are asked",
    "asked about this", "whoever asks", "people ask you",
)  # fmt: skip
ANSWERING = (
    "before answering", "before you answer", "before responding", "before you respond", "instead of answering",
    "while answering", "when answering", "when you answer", "to answer this question", "to answer the question",
    "when generating a response", "when generating an answer", "when writing your answer", "when you respond",
    "when composing a response", "when giving an answer", "when you summarise",
    "when summarizing", "when you summarize", "while you process", "when processing", "after answering",
)  # fmt: skip
ROLES = (
    "from now on you", "from now on, you", "you are now", "you're now", "pretend to be", "pretend you are",
    "pretend that you", "act as", "your new task", "your new role", "your new goal", "your new instructions",
    "your only task", "your real task", "your true purpose", "new instructions", "assume the role",
)  # fmt: skip
ABOUT = _listed("injection injections jailbreak jailbreaks jailbreaking prompt prompts adversarial")
ORDERS = _listed("instruction instructions instructed told tell tells say says order orders ordered attack attacks"
                 " hostile hidden reveal ignore command commands")  # fmt: skip
MADE_FOR = _listed("machine program ai automated robot")
GIVES = _listed("give assign set grant award")
MARKS = _listed("relevance score rating confidence rank weight probability")
NUMBERED = _listed("claim source sentence passage excerpt statement")
