import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Lists what a JDBC client sees of a schema: "table TAB name TAB comment" and "column TAB table TAB name TAB comment". */
public class Catalogue {
    public static void main(String[] arguments) throws SQLException {
        String schema = arguments[1];
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            DatabaseMetaData metadata = connection.getMetaData();
            try (ResultSet found = metadata.getTables(null, schema, "%", new String[] {"TABLE", "VIEW"})) {
                while (found.next()) {
                    print("table", found.getString("TABLE_NAME"), found.getString("REMARKS"));
                }
            }
            try (ResultSet found = metadata.getColumns(null, schema, "%", "%")) {
                while (found.next()) {
                    print("column", found.getString("TABLE_NAME"), found.getString("COLUMN_NAME"), found.getString("REMARKS"));
                }
            }
            try (ResultSet found = metadata.getPrimaryKeys(null, schema, "events")) {
                while (found.next()) {
                    print("key", found.getString("TABLE_NAME"), found.getString("COLUMN_NAME"));
                }
            }
        }
    }

    private static void print(String... words) {
        System.out.println(String.join("\t", words));
    }
}
