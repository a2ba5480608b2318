import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.util.PGobject;
import org.postgresql.util.PSQLException;

/** The questions of zjtx through the JDBC driver.  Arguments: socket, port, user, database. */
public class WithJdbc {
    static final String RULE = "revenue >= 100万元";
    static String socket;
    static String port;
    static String user;
    static String database;
    static String mode = "";

    interface Body {
        void run(Connection connection) throws Exception;
    }

    static void check(String what, Object found, Object expected) {
        boolean same = Objects.deepEquals(found, expected);
        System.out.println((same ? "ok " : "not ok ") + mode + what
            + (same ? "" : ": found " + show(found) + ", expected " + show(expected)));
    }

    static String show(Object value) {
        return value instanceof Object[] ? Arrays.toString((Object[]) value) : String.valueOf(value);
    }

    static Connection connect(String threshold) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", "");
        properties.setProperty("prepareThreshold", threshold);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("socketFactory", "UnixSocketFactory");
        properties.setProperty("socketFactoryArg", socket + "/.s.PGSQL." + port);
        return DriverManager.getConnection("jdbc:postgresql://localhost/" + database, properties);
    }

    /** Runs a part; whatever it throws is its failure. */
    static void part(String what, String threshold, Body body) {
        try (Connection connection = connect(threshold)) {
            body.run(connection);
        } catch (Exception e) {
            System.out.println("not ok " + mode + what + ": " + e);
        }
    }

    /** The first column of the rows, by id, as the class wanted. */
    static Object[] column(PreparedStatement statement, Class<?> type) throws SQLException {
        java.util.List<Object> found = new java.util.ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (type == Boolean.class) {
                    boolean value = rows.getBoolean(1);
                    found.add(rows.wasNull() ? null : value);
                } else if (type == BigDecimal.class) {
                    found.add(rows.getBigDecimal(1));
                } else {
                    found.add(rows.getObject(1));
                }
            }
        }
        return found.toArray();
    }

    static Object[] booleans(Boolean... values) {
        return values;
    }

    static void questions(Connection connection) throws Exception {
        Object[] east = booleans(true, null, false, true);

        try (PreparedStatement s = connection.prepareStatement(
                "SELECT e |= ? FROM enterprise e WHERE id <= ? ORDER BY id")) {
            // one execution more than the server needs to try a generic plan
            for (int i = 1; i <= 7; i++) {
                s.setString(1, "grants/1");
                s.setInt(2, 4);
                check("a name as a parameter, execution " + i, column(s, Boolean.class), east);
            }
            s.setString(1, "grants/2");
            s.setInt(2, 4);
            check("another name", column(s, Boolean.class), booleans(true, false, false, false));
            s.setNull(1, Types.VARCHAR);
            s.setInt(2, 4);
            check("no name", column(s, Boolean.class), booleans(null, null, null, null));
            PGobject policy = new PGobject();
            policy.setType("zjtx.policy");
            policy.setValue(RULE);
            s.setObject(1, policy);
            s.setInt(2, 4);
            check("a policy as an object of its type", column(s, Boolean.class), booleans(true, false, false, null));
        }
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT e |= ?::zjtx.policy FROM enterprise e WHERE id <= ? ORDER BY id")) {
            for (int i = 1; i <= 7; i++) {
                s.setString(1, RULE);
                s.setInt(2, 4);
                check("a policy as a parameter, execution " + i, column(s, Boolean.class),
                    booleans(true, false, false, null));
            }
        }
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT zjtx.eligible(e, ?) AND NOT zjtx.eligible(e, ?) FROM enterprise e WHERE name <> ? "
                + "ORDER BY id")) {
            s.setString(1, "grants/1");
            s.setString(2, "grants/2");
            s.setString(3, "?");
            check("functions with names", column(s, Boolean.class), booleans(false, null, false, true));
        }
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT e |= 'region = ''east'' and ''?'' <> ''??''' FROM enterprise e WHERE id = ?")) {
            s.setInt(1, 1);
            column(s, Boolean.class);
            check("question marks in a name", null, "an error");
        } catch (SQLException e) {
            check("question marks in a name", e.getSQLState(), "42704");
        }
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT e |# 'grants/1' FROM enterprise e WHERE id <= ? ORDER BY id")) {
            s.setInt(1, 4);
            check("amounts, exact", column(s, BigDecimal.class), new Object[] {
                new BigDecimal("12345678901234567.89"), null, new BigDecimal("0.00"), null});
        }
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT count(*) FROM enterprise e WHERE e |# ? >= ? AND e |= 'grants' AND revenue <> ?")) {
            s.setString(1, "grants");
            s.setBigDecimal(2, new BigDecimal("12345678901334567.89"));
            s.setBigDecimal(3, BigDecimal.ZERO);
            check("an amount against a parameter", column(s, Long.class), new Object[] {1L});
            s.setBigDecimal(2, new BigDecimal("12345678901334567.90"));
            check("and a fen more", column(s, Long.class), new Object[] {0L});
        }
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT e |^ ? AS p, (e |^ ?).* FROM enterprise e WHERE id <= ? ORDER BY id")) {
            s.setString(1, "grants");
            s.setString(2, "grants");
            s.setInt(3, 4);
            try (ResultSet rows = s.executeQuery()) {
                rows.next();
                check("a placement as text", rows.getString(1), "(2,leading,\"领先, “一”级\")");
                check("its type",
                    ((PGobject) rows.getObject(1)).getType().replace("\"", "").replace("zjtx.", ""), "placement");
                check("its level", rows.getInt(2), 2);
                check("its code", rows.getString("code"), "leading");
                check("its label", rows.getString("label"), "领先, “一”级");
                rows.next();
                rows.next();
                check("no rung", rows.getString(4), "未入梯度");
                rows.next();
                check("an undecided placement", rows.getObject(1), null);
                check("and its level", rows.getObject("level"), null);
            }
        }
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT e |! ? FROM enterprise e WHERE id >= ? ORDER BY id")) {
            s.setString(1, "grants");
            s.setInt(2, 2);
            try (ResultSet rows = s.executeQuery()) {
                rows.next();
                check("one fact missing", rows.getArray(1).getArray(), new String[] {"region"});
                rows.next();
                check("none missing", rows.getArray(1).getArray(), new String[] {});
                rows.next();
                check("two missing", rows.getArray(1).getArray(), new String[] {"revenue", "rated"});
            }
        }
        try (PreparedStatement s = connection.prepareStatement("SELECT zjtx.amount(?::jsonb, ?)")) {
            s.setString(1, "{\"region\": \"east\", \"revenue\": 0.03}");
            s.setString(2, "grants/1");
            check("facts as jsonb", column(s, BigDecimal.class), new Object[] {new BigDecimal("0.02")});
        }
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT clause, amount, status FROM enterprise e, zjtx.assess(e, ?) "
                + "WHERE id = ? AND clause IN ('1', '2')")) {
            s.setString(1, "grants");
            s.setInt(2, 1);
            try (ResultSet rows = s.executeQuery()) {
                rows.next();
                check("assess: a clause", rows.getString("clause"), "1");
                check("assess: an amount", rows.getBigDecimal("amount"), new BigDecimal("12345678901234567.89"));
                check("assess: a status", rows.getString("status"), "owed");
            }
        }
        try (PreparedStatement s = connection.prepareStatement("SELECT zjtx.as_of(?::zjtx.policy, ?)::text")) {
            s.setString(1, RULE);
            s.setDate(2, Date.valueOf("2024-02-29"));
            check("a day", column(s, String.class), new Object[] {"as of 2024-02-29\n" + RULE});
        }
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT doc, doc::text = ? FROM zjtx.policies WHERE code = ?")) {
            String text = document(connection, "old");
            s.setString(1, text);
            s.setString(2, "grants");
            try (ResultSet rows = s.executeQuery()) {
                rows.next();
                check("a stored document", rows.getString(1), text);
                check("compared as text", rows.getBoolean(2), true);
            }
        }
    }

    static String document(Connection connection, String name) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT document FROM law WHERE name = ?")) {
            s.setString(1, name);
            return (String) column(s, String.class)[0];
        }
    }

    static void batch(Connection connection) throws Exception {
        try (Statement s = connection.createStatement()) {
            s.execute("TRUNCATE answer");
        }
        try (PreparedStatement s = connection.prepareStatement(
                "INSERT INTO answer SELECT id, e |# ?, e |= ?, e |! ? FROM enterprise e WHERE id = ?")) {
            for (int id = 1; id <= 4; id++) {
                s.setString(1, "grants/1");
                s.setString(2, "grants/1");
                s.setString(3, "grants");
                s.setInt(4, id);
                s.addBatch();
            }
            check("a batch", Arrays.toString(s.executeBatch()), "[1, 1, 1, 1]");
        }
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT amount FROM answer WHERE eligible AND missing = ? ORDER BY id")) {
            s.setArray(1, connection.createArrayOf("text", new String[] {}));
            check("what it wrote", column(s, BigDecimal.class), new Object[] {new BigDecimal("12345678901234567.89")});
        }
    }

    /** A document is stored anew by another session between executions of a prepared statement. */
    static void newLaw(Connection connection) throws Exception {
        try (PreparedStatement byName = connection.prepareStatement(
                    "SELECT e |= ? FROM enterprise e WHERE id <= ? ORDER BY id");
                PreparedStatement constant = connection.prepareStatement(
                    "SELECT e |= 'grants/1' FROM enterprise e WHERE id <= ? ORDER BY id");
                PreparedStatement function = connection.prepareStatement(
                    "SELECT count(*) FROM enterprise e WHERE zjtx.eligible(e, 'grants/1') AND id <= ?");
                Connection other = connect("1");
                PreparedStatement store = other.prepareStatement("SELECT zjtx.store(?)")) {
            for (int i = 0; i < 12; i++) {
                boolean old = i % 4 < 2;
                store.setString(1, document(other, old ? "old" : "new"));
                column(store, String.class);
                Object[] expected = old ? booleans(true, null, false, true) : booleans(false, null, true, false);
                byName.setString(1, "grants/1");
                byName.setInt(2, 4);
                check("law " + i + " by a name as a parameter", column(byName, Boolean.class), expected);
                constant.setInt(1, 4);
                check("law " + i + " by a name in the statement", column(constant, Boolean.class), expected);
                function.setInt(1, 4);
                check("law " + i + " in WHERE", column(function, Long.class), new Object[] {old ? 2L : 1L});
            }
            store.setString(1, document(other, "old"));
            column(store, String.class);
        }
    }

    static void error(Connection connection, String sql, String parameter, String state, String hint)
            throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(sql)) {
            s.setString(1, parameter);
            column(s, String.class);
            check(sql, "no error", state);
        } catch (PSQLException e) {
            check(sql + ", " + parameter, e.getSQLState(), state);
            check("hint of " + parameter, e.getServerErrorMessage().getHint(), hint);
        }
    }

    static void errors(Connection connection) throws Exception {
        error(connection, "SELECT e |= ? FROM enterprise e", "grant", "42704", "Perhaps you meant \"grants\".");
        error(connection, "SELECT e |= ?::zjtx.policy FROM enterprise e", "revenue > 50万员", "22P02",
            "Write 50万元 instead of 50万员.");
        error(connection, "SELECT e |^ ? FROM enterprise e", "grants/1", "22023",
            "Use |= or zjtx.eligible() to ask whether a clause is satisfied.");
        error(connection, "SELECT e |= 'grants/1' FROM (SELECT ? AS revenue) AS e", "100", "42804",
            "Read the texts in a view, with zjtx.to_amount(revenue).");
        error(connection, "SELECT zjtx.store(?)",
            "policy bad 'b' fact a number clause 1 when a > 1 example 'x' given a = 1 expect clause 1 true",
            "23514", null);
    }

    public static void main(String[] arguments) throws Exception {
        socket = arguments[0];
        port = arguments[1];
        user = arguments[2];
        database = arguments[3];
        // never prepared on the server; prepared at the first use; and with results in binary from the start
        for (String threshold : new String[] {"0", "1", "-1"}) {
            mode = "prepareThreshold=" + threshold + ", ";
            part("questions", threshold, WithJdbc::questions);
            part("batch", threshold, WithJdbc::batch);
            part("a new law", threshold, WithJdbc::newLaw);
            part("errors", threshold, WithJdbc::errors);
        }
        mode = "";
        part("prepared on the server", "1", connection -> {
            try (PreparedStatement s = connection.prepareStatement("SELECT e |= ? FROM enterprise e WHERE id = 1")) {
                s.setString(1, "grants/1");
                column(s, Boolean.class);
                column(s, Boolean.class);
                try (Statement look = connection.createStatement(); ResultSet rows = look.executeQuery(
                        "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT e |= $1%'")) {
                    rows.next();
                    check("the statement is prepared on the server", rows.getInt(1), 1);
                }
            }
            check("the driver", connection.unwrap(PGConnection.class) != null, true);
        });
    }
}
