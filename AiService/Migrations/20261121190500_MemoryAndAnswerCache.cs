using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121190500_MemoryAndAnswerCache")]
public sealed class MemoryAndAnswerCache : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- What was said in a conversation before its latest messages, in short.
        CREATE TABLE conversation_memory (
            conversation_id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            customer_id uuid NOT NULL,
            summary text NOT NULL,
            until_message uuid NOT NULL,
            messages integer NOT NULL,
            written_by text NOT NULL,
            updated_at timestamptz NOT NULL
        );
        CREATE INDEX conversation_memory_customer ON conversation_memory (customer_id);

        -- Models' answers to questions that hold for anybody. The key names everything that they depend on, so none has to be removed before its time.
        CREATE TABLE cached_answers (
            key text PRIMARY KEY,
            answer json NOT NULL,
            created_at timestamptz NOT NULL
        );
        CREATE INDEX cached_answers_created ON cached_answers USING brin (created_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE cached_answers, conversation_memory");
}
